import { boxAround } from './box.ts'
import type { Point } from './point.ts'
import { eachEdge } from './polygon.ts'
import type { GeometryOf } from './shapeGeometry.ts'
import { angleTo, normalizeDegrees, rotatePoint } from './vector.ts'

/**
 * The rotated rectangle of least area around points, in image pixels. One of its sides runs along an edge of their convex hull
 * (Freeman and Shapira, 1975), so only those directions are tried.
 * @throws RangeError without points.
 */
export function minimumRectangle(points: readonly Point[]): GeometryOf<'rotatedRectangle'> {
  const hull = convexHull(points)
  let best = rectangleAlong(hull, 0)
  eachEdge(hull, true, (a, b) => {
    const candidate = rectangleAlong(hull, angleTo(a, b))
    if (candidate.width * candidate.height < best.width * best.height) best = candidate
  })
  return best
}

/** The corners of the convex hull of points in order (Andrew's monotone chain); points on its sides are left out. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const lower = chain(sorted)
  const upper = chain(sorted.toReversed())
  return sorted.length < 2 ? sorted : [...lower.slice(0, -1), ...upper.slice(0, -1)]
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    for (let [a, b] = [kept.at(-2), kept.at(-1)]; a !== undefined && b !== undefined && turn(a, b, point) <= 0; [a, b] = [kept.at(-2), kept.at(-1)]) kept.pop()
    kept.push(point)
  }
  return kept
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

function rectangleAlong(points: readonly Point[], degrees: number): GeometryOf<'rotatedRectangle'> {
  const { x, y, width, height } = boxAround(points.map((point) => rotatePoint(point, [0, 0], -degrees)))
  const [cx, cy] = rotatePoint([x + width / 2, y + height / 2], [0, 0], degrees)
  return { kind: 'rotatedRectangle', cx, cy, width, height, rotation: normalizeDegrees(degrees) }
}
