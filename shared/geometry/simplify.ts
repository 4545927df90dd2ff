import type { Point } from './point.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { distance, distanceToSegment } from './vector.ts'

/** The share of an edge that smoothing cuts off at each of its ends (Chaikin 1974). */
const CORNER = 0.25

/** An open path without the points that lie within `tolerance` pixels of the line through the others (Douglas and Peucker 1973); its ends stay. */
export function simplifyPath(path: readonly Point[], tolerance: number): Point[] {
  if (path.length < 3 || tolerance <= 0) return [...path]
  const kept = new Set([0, path.length - 1])
  const open: [number, number][] = [[0, path.length - 1]]
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    const middle = farthestFrom(path, stretch, tolerance)
    if (middle === undefined) continue
    kept.add(middle)
    open.push([stretch[0], middle], [middle, stretch[1]])
  }
  return path.filter((_, index) => kept.has(index))
}

/** Between two vertices, the one farthest from the line through them; undefined when none is farther than `tolerance`. */
function farthestFrom(path: readonly Point[], [from, to]: readonly [number, number], tolerance: number): number | undefined {
  const [a, b] = [path[from], path[to]]
  if (a === undefined || b === undefined) return undefined
  let farthest: number | undefined
  let most = tolerance
  for (let index = from + 1; index < to; index += 1) {
    const away = distanceToSegment(path[index] ?? a, a, b)
    if (away <= most) continue
    most = away
    farthest = index
  }
  return farthest
}

/** A closed ring simplified as by `simplifyPath`, between its first point and the one farthest from it; a ring that would have fewer than three points stays. */
export function simplifyRing(ring: readonly Point[], tolerance: number): Point[] {
  const [first] = ring
  if (first === undefined) return []
  const away = ring.map((point) => distance(point, first))
  const farthest = away.indexOf(Math.max(...away))
  const there = simplifyPath(ring.slice(0, farthest + 1), tolerance)
  const back = simplifyPath([...ring.slice(farthest), first], tolerance)
  const simple = [...there, ...back.slice(1, -1)]
  return simple.length < 3 ? [...ring] : simple
}

/** A polygon or polyline with its paths simplified; other kinds stay as they are, and so does what has no point to spare. */
export function simplifyGeometry(geometry: ShapeGeometry, tolerance: number): ShapeGeometry {
  if (geometry.kind === 'polyline') return shorter(geometry, { ...geometry, points: simplifyPath(geometry.points, tolerance) })
  if (geometry.kind === 'polygon') return shorter(geometry, { ...geometry, rings: geometry.rings.map((ring) => simplifyRing(ring, tolerance)) })
  return geometry
}

/** A polygon or polyline with its corners cut once; the ends of a line stay, other kinds stay as they are. */
export function smoothGeometry(geometry: ShapeGeometry): ShapeGeometry {
  if (geometry.kind === 'polygon') return { ...geometry, rings: geometry.rings.map((ring) => cutCorners([...ring, ...ring.slice(0, 1)])) }
  if (geometry.kind !== 'polyline') return geometry
  const [first, ...rest] = cutCorners(geometry.points)
  const [start, end] = [geometry.points[0], geometry.points.at(-1)]
  return first === undefined || start === undefined || end === undefined ? geometry : { ...geometry, points: [start, ...rest.slice(0, -1), end] }
}

function cutCorners(path: readonly Point[]): Point[] {
  return path.slice(0, -1).flatMap((a, index): Point[] => {
    const b = path[index + 1] ?? a
    return [between(a, b, CORNER), between(a, b, 1 - CORNER)]
  })
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

function shorter(before: ShapeGeometry, after: ShapeGeometry): ShapeGeometry {
  return JSON.stringify(before).length > JSON.stringify(after).length ? after : before
}
