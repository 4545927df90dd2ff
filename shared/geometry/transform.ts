import { boxCentre } from './box.ts'
import type { Box, Size } from './box.ts'
import { unknownGeometry } from './closed.ts'
import { moveMask } from './mask.ts'
import { geometryBounds } from './measure.ts'
import type { Point } from './point.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import type { Keypoint } from './skeleton.ts'
import { normalizeDegrees, rotatePoint } from './vector.ts'

/** The geometry moved by `delta` image pixels; a mask moves by whole pixels. */
export function moveGeometry(geometry: ShapeGeometry, delta: Point): ShapeGeometry {
  const [dx, dy] = delta
  if (dx === 0 && dy === 0) return geometry
  const move = ([x, y]: Point): Point => [x + dx, y + dy]
  switch (geometry.kind) {
    case 'rectangle':
    case 'point': return { ...geometry, x: geometry.x + dx, y: geometry.y + dy }
    case 'rotatedRectangle':
    case 'ellipse': return { ...geometry, cx: geometry.cx + dx, cy: geometry.cy + dy }
    case 'polygon': return { ...geometry, rings: geometry.rings.map((ring) => ring.map(move)) }
    case 'polyline': return { ...geometry, points: geometry.points.map(move) }
    case 'skeleton': return { ...geometry, points: moveKeypoints(geometry.points, move) }
    case 'mask': return { ...geometry, rle: moveMask(geometry.rle, Math.round(dx), Math.round(dy)) }
    default: return unknownGeometry(geometry)
  }
}

/** Less than this part of a pixel is a rounding, and no other form. */
const ROUNDING = 1e-3

/** Whether `after` is `before` moved, and otherwise the same, give or take a thousandth of a pixel. */
export function isMoved(before: ShapeGeometry, after: ShapeGeometry): boolean {
  if (before.kind !== after.kind) return false
  const [from, to] = [geometryBounds(before), geometryBounds(after)]
  const there = moveGeometry(before, [to.x - from.x, to.y - from.y])
  if (there.kind === 'mask' || after.kind === 'mask') return there.kind === 'mask' && after.kind === 'mask' && there.rle.counts === after.rle.counts
  return nearlyEqual(there, after)
}

function nearlyEqual(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) <= ROUNDING
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const [entries, others] = [Object.entries(one), Object.entries(other)]
  return entries.length === others.length && entries.every(([key, value], index) => others[index]?.[0] === key && nearlyEqual(value, others[index]?.[1]))
}

/**
 * The geometry stretched as `from` is stretched into `to` (image pixels). Turned rectangles and ellipses are scaled along
 * their own axes; a mask is left as it is.
 */
export function resizeGeometry(geometry: ShapeGeometry, from: Box, to: Box): ShapeGeometry {
  const sx = from.width === 0 ? 1 : to.width / from.width
  const sy = from.height === 0 ? 1 : to.height / from.height
  const place = ([x, y]: Point): Point => [to.x + (x - from.x) * sx, to.y + (y - from.y) * sy]
  switch (geometry.kind) {
    case 'rectangle': {
      const [x, y] = place([geometry.x, geometry.y])
      return { ...geometry, x, y, width: geometry.width * sx, height: geometry.height * sy }
    }
    case 'point': {
      const [x, y] = place([geometry.x, geometry.y])
      return { ...geometry, x, y }
    }
    case 'rotatedRectangle': {
      const [cx, cy] = place([geometry.cx, geometry.cy])
      return { ...geometry, cx, cy, width: geometry.width * sx, height: geometry.height * sy }
    }
    case 'ellipse': {
      const [cx, cy] = place([geometry.cx, geometry.cy])
      return { ...geometry, cx, cy, rx: geometry.rx * sx, ry: geometry.ry * sy }
    }
    case 'polygon': return { ...geometry, rings: geometry.rings.map((ring) => ring.map(place)) }
    case 'polyline': return { ...geometry, points: geometry.points.map(place) }
    case 'skeleton': return { ...geometry, points: moveKeypoints(geometry.points, place) }
    case 'mask': return geometry
    default: return unknownGeometry(geometry)
  }
}

/**
 * The geometry turned by `degrees` clockwise about `centre` (default: the middle of its bounds). A rectangle becomes a
 * rotated rectangle; a mask is left as it is.
 */
export function rotateGeometry(geometry: ShapeGeometry, degrees: number, centre: Point = boxCentre(geometryBounds(geometry))): ShapeGeometry {
  const turn = (point: Point) => rotatePoint(point, centre, degrees)
  switch (geometry.kind) {
    case 'rectangle': {
      const [cx, cy] = turn(boxCentre(geometry))
      return { kind: 'rotatedRectangle', cx, cy, width: geometry.width, height: geometry.height, rotation: normalizeDegrees(degrees) }
    }
    case 'rotatedRectangle':
    case 'ellipse': {
      const [cx, cy] = turn([geometry.cx, geometry.cy])
      return { ...geometry, cx, cy, rotation: normalizeDegrees(geometry.rotation + degrees) }
    }
    case 'polygon': return { ...geometry, rings: geometry.rings.map((ring) => ring.map(turn)) }
    case 'polyline': return { ...geometry, points: geometry.points.map(turn) }
    case 'skeleton': return { ...geometry, points: moveKeypoints(geometry.points, turn) }
    case 'point': {
      const [x, y] = turn([geometry.x, geometry.y])
      return { ...geometry, x, y }
    }
    case 'mask': return geometry
    default: return unknownGeometry(geometry)
  }
}

function moveKeypoints(points: readonly Keypoint[], move: (point: Point) => Point): Keypoint[] {
  return points.map(({ x: fromX, y: fromY, visibility }) => {
    const [x, y] = move([fromX, fromY])
    return { x, y, visibility }
  })
}

/** The point of the image that is nearest to `point`; the far edges belong to the image. */
export function clampPoint(point: Point, size: Size): Point {
  return [Math.min(Math.max(point[0], 0), size.width), Math.min(Math.max(point[1], 0), size.height)]
}

/** The part of a movement by `delta` that keeps `bounds` on the image (pixels). What sticks out already may not go further out. */
export function clampMove(bounds: Box, delta: Point, size: Size): Point {
  return [
    clampAlong(delta[0], bounds.x, bounds.x + bounds.width, size.width),
    clampAlong(delta[1], bounds.y, bounds.y + bounds.height, size.height),
  ]
}

function clampAlong(delta: number, low: number, high: number, length: number): number {
  return Math.min(Math.max(delta, Math.min(0, -low)), Math.max(0, length - high))
}
