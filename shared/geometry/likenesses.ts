import Flatbush from 'flatbush'
import { expandBox, intersectBoxes } from './box.ts'
import type { Box } from './box.ts'
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
 * similar as that, so that thousands are quick.
 */
export function likenesses(left: readonly ShapeGeometry[], right: readonly ShapeGeometry[], atLeast: number, options: SimilarityOptions = {}): Likeness[] {
  if (left.length === 0 || right.length === 0) return []
  const boxes = right.map((geometry) => reachOf(geometry, options))
  const index = new Flatbush(boxes.length)
  for (const { x, y, width, height } of boxes) index.add(x, y, x + width, y + height)
  index.finish()
  return left.flatMap((geometry, at) => {
    const box = reachOf(geometry, options)
    const near = index.search(box.x, box.y, box.x + box.width, box.y + box.height).sort((a, b) => a - b)
    return near.flatMap((other): Likeness[] => {
      const counterpart = right[other]
      if (counterpart === undefined || !canBeAsSimilar(geometry, counterpart, atLeast)) return []
      const similarity = similarityOf(geometry, counterpart, options)
      return similarity > 0 && similarity >= atLeast ? [{ left: at, right: other, similarity }] : []
    })
  })
}

/** Where something must lie to be similar: what is no surface may lie apart. */
function reachOf(geometry: ShapeGeometry, { tolerance = USUAL_TOLERANCE }: SimilarityOptions): Box {
  const bounds = geometryBounds(geometry)
  if (isSurface(geometry)) return bounds
  // Two reaches meet as far as twice the tolerance; keypoints may be a good part of the skeleton apart.
  return expandBox(bounds, geometry.kind === 'skeleton' ? Math.max(bounds.width, bounds.height) / 2 : tolerance)
}

/** Two surfaces share no more than their boxes do, nor more than the smaller has. What a mask counts by pixels is another number for other kinds. */
function canBeAsSimilar(a: ShapeGeometry, b: ShapeGeometry, atLeast: number): boolean {
  if (!isSurface(a) || !isSurface(b) || (a.kind === 'mask') !== (b.kind === 'mask')) return true
  const box = intersectBoxes(geometryBounds(a), geometryBounds(b))
  const [areaA, areaB] = [surfaceArea(a), surfaceArea(b)]
  const most = Math.min(box === undefined ? 0 : box.width * box.height, areaA, areaB)
  return areaA + areaB === 0 || most / (areaA + areaB - most) >= atLeast - ROUNDING
}
