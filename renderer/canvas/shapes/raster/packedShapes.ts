import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { boxCorners } from '../../../../shared/geometry/box.ts'
import { geometryPaths } from '../../../../shared/geometry/hitTest.ts'
import { geometryBounds } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { ellipsePoints } from '../../../../shared/geometry/rotated.ts'

/** How a shape is drawn: along its paths, as a dot, or not by the rasteriser at all. */
export const SURFACE = 0
const LINE = 1
export const DOT = 2
/** Pictures and figures of several parts: only their place is known here, the window paints them itself. */
export const BY_HAND = 3

/**
 * Shapes as flat arrays, which cost little memory and can be handed to another thread at once. Shape s has the paths from `pathsOf[s]` to before
 * `pathsOf[s + 1]`, path p the points from `pointsOf[p]` to before `pointsOf[p + 1]`, and point k lies at `places[2 k]`, `places[2 k + 1]` (image pixels).
 */
export interface PackedShapes {
  readonly kinds: Uint8Array<ArrayBuffer>
  /** Blue, green and red from the high to the low byte, as canvases hold pixels. */
  readonly colors: Uint32Array<ArrayBuffer>
  readonly pathsOf: Uint32Array<ArrayBuffer>
  readonly pointsOf: Uint32Array<ArrayBuffer>
  readonly places: Float32Array<ArrayBuffer>
}

/** What is packed of a shape; `color` as #rrggbb. */
export interface Packable { readonly geometry: ShapeGeometry; readonly color: string }

/** Enough for an ellipse that is small on the screen; large ones are few and are drawn as curves. */
const ELLIPSE_POINTS = 32

export function packShapes(count: number, shapeAt: (index: number) => Packable): PackedShapes {
  const kinds = new Uint8Array(count)
  const colors = new Uint32Array(count)
  const pathsOf = new Uint32Array(count + 1)
  const pointsOf: number[] = [0]
  let places = new Float32Array(16 * count + 64)
  let used = 0
  for (let index = 0; index < count; index += 1) {
    const { geometry, color } = shapeAt(index)
    kinds[index] = kindOf(geometry)
    colors[index] = packColor(color)
    for (const path of pathsFor(geometry)) {
      if (used + 2 * path.length > places.length) places = grown(places, 2 * (used + 2 * path.length))
      for (const [x, y] of path) {
        places[used] = x
        places[used + 1] = y
        used += 2
      }
      pointsOf.push(used / 2)
    }
    pathsOf[index + 1] = pointsOf.length - 1
  }
  return { kinds, colors, pathsOf, pointsOf: Uint32Array.from(pointsOf), places: places.slice(0, used) }
}

/** The buffers of packed shapes, to be handed over. */
export function buffersOf({ kinds, colors, pathsOf, pointsOf, places }: PackedShapes): ArrayBuffer[] {
  return [kinds, colors, pathsOf, pointsOf, places].map(({ buffer }) => buffer)
}

/** From #rrggbb to blue, green and red in one number. */
export function packColor(color: string): number {
  const rgb = Number.parseInt(color.slice(1, 7), 16)
  return ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >>> 16)
}

function kindOf({ kind }: ShapeGeometry): number {
  if (kind === 'polyline') return LINE
  if (kind === 'point') return DOT
  return kind === 'mask' || kind === 'skeleton' ? BY_HAND : SURFACE
}

function pathsFor(geometry: ShapeGeometry): readonly (readonly Point[])[] {
  if (geometry.kind === 'mask' || geometry.kind === 'skeleton') return boundsPath(geometry)
  return geometry.kind === 'ellipse' ? [ellipsePoints(geometry, ELLIPSE_POINTS)] : geometryPaths(geometry).paths
}

/** A mask whose runs cannot be read has no place. */
function boundsPath(geometry: ShapeGeometry): readonly (readonly Point[])[] {
  try {
    return [boxCorners(geometryBounds(geometry))]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

function grown(places: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(length)
  larger.set(places)
  return larger
}
