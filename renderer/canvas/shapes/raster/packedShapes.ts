import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { boxCorners } from '../../../../shared/geometry/box.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
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
  const colorNumbers = new Map<string, number>()
  const paths = new PathsWriter(count)
  for (let index = 0; index < count; index += 1) {
    const { geometry, color } = shapeAt(index)
    const colorNumber = colorNumbers.get(color) ?? packColor(color)
    colorNumbers.set(color, colorNumber)
    kinds[index] = kindOf(geometry)
    colors[index] = colorNumber
    for (const path of pathsFor(geometry)) paths.add(path)
    pathsOf[index + 1] = paths.count
  }
  return { kinds, colors, pathsOf, ...paths.written() }
}

/** Writes one path after the other. This runs once for a whole task, before its code is compiled well, so it is written plainly. */
class PathsWriter {
  count = 0
  #pointsOf: Uint32Array<ArrayBuffer>
  #places: Float32Array<ArrayBuffer>
  #used = 0

  constructor(shapes: number) {
    this.#pointsOf = new Uint32Array(shapes + 16)
    this.#places = new Float32Array(16 * shapes + 64)
  }

  add(path: readonly Point[]): void {
    const end = this.#used + 2 * path.length
    if (end > this.#places.length) this.#places = grown(new Float32Array(2 * end), this.#places)
    if (this.count + 1 === this.#pointsOf.length) this.#pointsOf = grown(new Uint32Array(2 * this.#pointsOf.length), this.#pointsOf)
    const places = this.#places
    for (let index = 0, to = this.#used; index < path.length; index += 1, to += 2) {
      const point = path[index]
      if (point === undefined) continue
      places[to] = point[0]
      places[to + 1] = point[1]
    }
    this.#used = end
    this.count += 1
    this.#pointsOf[this.count] = end / 2
  }

  written(): Pick<PackedShapes, 'pointsOf' | 'places'> {
    return { pointsOf: this.#pointsOf.slice(0, this.count + 1), places: this.#places.slice(0, this.#used) }
  }
}

/** The buffers of packed shapes, to be handed over. */
export function buffersOf({ kinds, colors, pathsOf, pointsOf, places }: PackedShapes): ArrayBuffer[] {
  return [kinds, colors, pathsOf, pointsOf, places].map(({ buffer }) => buffer)
}

/** The box around all shapes, in image pixels; undefined where none has a place. Written plainly, because it runs once for a whole task, too. */
export function extentOf({ places }: PackedShapes): Box | undefined {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (let at = 0; at < places.length; at += 2) {
    const x = places[at] ?? 0
    const y = places[at + 1] ?? 0
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return minX > maxX ? undefined : { x: minX, y: minY, width: maxX - minX, height: maxY - minY }
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

function grown<A extends Float32Array | Uint32Array>(larger: A, full: A): A {
  larger.set(full)
  return larger
}
