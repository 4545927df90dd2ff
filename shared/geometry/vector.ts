import type { Point } from './point.ts'

/** a + b, in pixels. */
export function addPoints(a: Point, b: Point): Point {
  return [a[0] + b[0], a[1] + b[1]]
}

/** a - b, in pixels. */
export function subtractPoints(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]]
}

/** The distance between two points in pixels. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

/** The point halfway between two points. */
export function midpoint(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
}

/** `point` turned about `centre` by `degrees` clockwise as seen on screen (y grows downwards). */
export function rotatePoint(point: Point, centre: Point, degrees: number): Point {
  if (degrees === 0) return point
  const radians = (degrees * Math.PI) / 180
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  const dx = point[0] - centre[0]
  const dy = point[1] - centre[1]
  return [centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos]
}

/** The direction from `from` to `to` in degrees clockwise from the positive x axis, in (-180, 180]. */
export function angleTo(from: Point, to: Point): number {
  return (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI
}

/** `to` brought onto the nearest direction from `from` that is a multiple of `step` degrees; the distance stays. */
export function snapDirection(from: Point, to: Point, step: number): Point {
  const angle = angleTo(from, to)
  return rotatePoint(to, from, Math.round(angle / step) * step - angle)
}

/** `degrees` brought into [0, 360). */
export function normalizeDegrees(degrees: number): number {
  const rest = degrees % 360
  return rest < 0 ? rest + 360 : rest + 0
}

/** The point of the segment a-b that is nearest to `point`. */
export function nearestOnSegment(point: Point, a: Point, b: Point): Point {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const lengthSquared = dx * dx + dy * dy
  if (lengthSquared === 0) return a
  const along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / lengthSquared
  const t = Math.min(1, Math.max(0, along))
  return [a[0] + t * dx, a[1] + t * dy]
}

/** The distance in pixels from `point` to the segment a-b. */
export function distanceToSegment(point: Point, a: Point, b: Point): number {
  return distance(point, nearestOnSegment(point, a, b))
}

/** The point that the segments a-b and c-d share, their ends included; undefined when they share none, or are parallel. */
export function segmentCrossing(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const [px, py] = subtractPoints(b, a)
  const [qx, qy] = subtractPoints(d, c)
  const [dx, dy] = subtractPoints(c, a)
  const cross = px * qy - py * qx
  if (cross === 0) return undefined
  const along = (dx * qy - dy * qx) / cross
  const across = (dx * py - dy * px) / cross
  return along < 0 || along > 1 || across < 0 || across > 1 ? undefined : [a[0] + along * px, a[1] + along * py]
}
