import Flatbush from 'flatbush'
import type { Point } from './point.ts'
import { eachEdge } from './polygon.ts'
import { distance, segmentCrossing, subtractPoints } from './vector.ts'

/** Pixels within which a point counts as lying on a line: snapping to an edge rounds. */
const TOLERANCE = 1e-6

/** One edge of a ring; `at` is its place among the `count` edges of its ring. */
interface Edge { readonly ring: number; readonly at: number; readonly count: number; readonly a: Point; readonly b: Point; readonly before: Point; readonly after: Point }

/** With so few edges comparing all of them is quicker than making an index. */
const FEW_EDGES = 64

/**
 * Where the edges of a polygon's rings cross or run over each other, in image pixels from left to right; none for a polygon whose inside is beyond doubt. Rings that
 * merely touch in a point are in order, so are repeated vertices. Only edges whose boxes meet are compared, so that thousands are quick.
 */
export function selfIntersections(rings: readonly (readonly Point[])[]): Point[] {
  const edges = rings.flatMap(edgesOf)
  const found: Point[] = []
  const compare = (one: Edge, other: Edge) => { found.push(...meeting(one, other)) }
  if (edges.length <= FEW_EDGES) eachPair(edges, compare)
  else eachIndexedPair(edges, compare)
  return withoutRepeats(found)
}

function eachPair(edges: readonly Edge[], visit: (one: Edge, other: Edge) => void): void {
  edges.forEach((one, index) => {
    for (let next = index + 1; next < edges.length; next += 1) {
      const other = edges[next]
      if (other !== undefined && boxesTouch(one, other)) visit(one, other)
    }
  })
}

function eachIndexedPair(edges: readonly Edge[], visit: (one: Edge, other: Edge) => void): void {
  const index = new Flatbush(edges.length)
  for (const edge of edges) index.add(left(edge), top(edge), right(edge), bottom(edge))
  index.finish()
  edges.forEach((edge, place) => {
    const later = index.search(left(edge) - TOLERANCE, top(edge) - TOLERANCE, right(edge) + TOLERANCE, bottom(edge) + TOLERANCE, (at) => at > place)
    for (const at of later) {
      const other = edges[at]
      if (other !== undefined) visit(edge, other)
    }
  })
}

function edgesOf(ring: readonly Point[], number: number): Edge[] {
  const path = ring.filter((point, index) => distance(point, ring[(index + 1) % ring.length] ?? point) > TOLERANCE)
  const edges: Edge[] = []
  eachEdge(path, true, (a, b, at) => {
    const before = path[(at - 1 + path.length) % path.length] ?? a
    edges.push({ ring: number, at, count: path.length, a, b, before, after: path[(at + 2) % path.length] ?? b })
  })
  return edges
}

function left({ a, b }: Edge): number { return Math.min(a[0], b[0]) }
function right({ a, b }: Edge): number { return Math.max(a[0], b[0]) }
function top({ a, b }: Edge): number { return Math.min(a[1], b[1]) }
function bottom({ a, b }: Edge): number { return Math.max(a[1], b[1]) }

function boxesTouch(one: Edge, other: Edge): boolean {
  return left(one) <= right(other) + TOLERANCE && left(other) <= right(one) + TOLERANCE && top(one) <= bottom(other) + TOLERANCE && top(other) <= bottom(one) + TOLERANCE
}

/** Where two edges cross, or the ends of the stretch along which they run over each other. */
function meeting(one: Edge, other: Edge): Point[] {
  const sides = [side(other, one.a), side(other, one.b), side(one, other.a), side(one, other.b)] as const
  const parallel = (sides[0] === 0 && sides[1] === 0) || (sides[2] === 0 && sides[3] === 0)
  if (parallel) return overlap(one, other)
  if (areNeighbours(one, other) || sides[0] * sides[1] > 0 || sides[2] * sides[3] > 0) return []
  if (!sides.includes(0)) return [segmentCrossing(one.a, one.b, other.a, other.b) ?? one.a]
  const touch = [one.a, one.b, other.a, other.b][sides.indexOf(0)] ?? one.a
  return passesThrough(one, other, touch) ? [touch] : []
}

function areNeighbours(one: Edge, other: Edge): boolean {
  const steps = Math.abs(one.at - other.at)
  return one.ring === other.ring && (steps === 1 || steps === one.count - 1)
}

/** On which side of an edge's line a point lies: -1, 1, or 0 for on it. */
function side({ a, b }: Edge, point: Point): -1 | 0 | 1 {
  const cross = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
  if (Math.abs(cross) <= TOLERANCE * distance(a, b)) return 0
  return cross > 0 ? 1 : -1
}

/** The ends of what two edges on one line have in common; a single point is a touch. */
function overlap(one: Edge, other: Edge): Point[] {
  const [dx, dy] = subtractPoints(one.b, one.a)
  const along = ([x, y]: Point) => (x - one.a[0]) * dx + (y - one.a[1]) * dy
  const ends = [one.a, one.b].sort((p, q) => along(p) - along(q))
  const others = [other.a, other.b].sort((p, q) => along(p) - along(q))
  const start = [ends[0], others[0]].reduce((p, q) => (p && q && along(p) > along(q) ? p : q))
  const end = [ends[1], others[1]].reduce((p, q) => (p && q && along(p) < along(q) ? p : q))
  if (start === undefined || end === undefined || along(end) - along(start) <= TOLERANCE * Math.hypot(dx, dy)) return []
  return [start, end]
}

/** Whether two paths that meet in `point` change sides there, rather than touch and part again. */
function passesThrough(one: Edge, other: Edge, point: Point): boolean {
  const [from, to] = waysFrom(one, point)
  const turn = (target: Point) => (angle(point, target) - angle(point, from) + 4 * Math.PI) % (2 * Math.PI)
  const [first, second] = waysFrom(other, point)
  return (turn(first) < turn(to)) !== (turn(second) < turn(to))
}

/** Where a path comes from and goes to at a point of one of its edges. */
function waysFrom({ a, b, before, after }: Edge, point: Point): [Point, Point] {
  if (distance(a, point) <= TOLERANCE) return [before, b]
  return distance(b, point) <= TOLERANCE ? [a, after] : [a, b]
}

function angle(from: Point, to: Point): number {
  return Math.atan2(to[1] - from[1], to[0] - from[0])
}

function withoutRepeats(points: readonly Point[]): Point[] {
  const seen = new Map(points.map((point) => [`${Math.round(point[0] * 1e4)} ${Math.round(point[1] * 1e4)}`, point]))
  return [...seen.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1])
}
