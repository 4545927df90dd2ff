import Flatbush from 'flatbush'
import { expandBox, intersectBoxes } from './box.ts'
import type { Box } from './box.ts'
import { keypointReach } from './keypointSimilarity.ts'
import { geometryBounds } from './measure.ts'
import { surfaceArea } from './overlap.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { isSurface, similarityOf, USUAL_TOLERANCE } from './similarity.ts'
import type { SimilarityOptions } from './similarity.ts'

const ROUNDING = 1e-6

/** Two geometries of two lists, by their places in them, and their similarity (0 to 1). */
export interface Likeness { readonly left: number; readonly right: number; readonly similarity: number }

/**
 * The pairs of two lists of geometries with a similarity (see `similarityOf`) of `atLeast`, in order. Only those are measured whose boxes let them be as
 * similar as that, so that thousands are quick; skeletons that lie far apart for their size are not, however little is asked for.
 */
export function likenesses(left: readonly ShapeGeometry[], right: readonly ShapeGeometry[], atLeast: number, options: SimilarityOptions = {}): Likeness[] {
  if (left.length === 0 || right.length === 0) return []
  const others = right.map((geometry) => measure(geometry, options))
  const index = new Flatbush(others.length)
  for (const { reach: { x, y, width, height } } of others) index.add(x, y, x + width, y + height)
  index.finish()
  return left.flatMap((geometry, at) => {
    const own = measure(geometry, options)
    const { x, y, width, height } = own.reach
    const near = index.search(x, y, x + width, y + height).sort((a, b) => a - b)
    return near.flatMap((place): Likeness[] => {
      const other = others[place]
      if (other === undefined || !canBeAsSimilar(own, other, atLeast)) return []
      const similarity = similarityOf(geometry, other.geometry, options)
      return similarity > 0 && similarity >= atLeast ? [{ left: at, right: place, similarity }] : []
    })
  })
}

/** A geometry, where something must lie to be similar to it, and its area if it is a surface. */
interface Measured { readonly geometry: ShapeGeometry; readonly reach: Box; readonly area: number | undefined }

function measure(geometry: ShapeGeometry, { tolerance = USUAL_TOLERANCE }: SimilarityOptions): Measured {
  const bounds = geometryBounds(geometry)
  if (isSurface(geometry)) return { geometry, reach: bounds, area: surfaceArea(geometry) }
  // Two reaches of points or lines meet as far as twice the tolerance, where the similarity ends.
  return { geometry, reach: geometry.kind === 'skeleton' ? keypointReach(geometry) : expandBox(bounds, tolerance), area: undefined }
}

/** Two surfaces share no more than their boxes do, nor more than the smaller has. What a mask counts by pixels is another number for other kinds. */
function canBeAsSimilar(a: Measured, b: Measured, atLeast: number): boolean {
  if (a.area === undefined || b.area === undefined || (a.geometry.kind === 'mask') !== (b.geometry.kind === 'mask')) return true
  const box = intersectBoxes(a.reach, b.reach)
  const most = Math.min(box === undefined ? 0 : box.width * box.height, a.area, b.area)
  return a.area + b.area === 0 || most / (a.area + b.area - most) >= atLeast - ROUNDING
}
