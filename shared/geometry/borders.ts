import type { Point } from './point.ts'
import { eachEdge } from './polygon.ts'
import { distance, nearestOnSegment } from './vector.ts'

/** A place on a path: on the edge that leaves vertex `edge`, at `point` (image pixels). */
export interface PathPlace { readonly edge: number; readonly point: Point }

/** A ring, or a path that is open. */
export interface Border { readonly path: readonly Point[]; readonly closed: boolean }

/** The place on a border nearest to `point`; undefined beyond `tolerance` pixels. */
export function nearestPlace({ path, closed }: Border, point: Point, tolerance: number): PathPlace | undefined {
  let best: PathPlace | undefined
  let bestDistance = tolerance
  eachEdge(path, closed, (a, b, edge) => {
    const candidate = nearestOnSegment(point, a, b)
    const away = distance(point, candidate)
    if (away > bestDistance) return
    bestDistance = away
    best = { edge, point: candidate }
  })
  return best
}

/** The vertices of a border between two places on it, in the order from `from` to `to`: the shorter way round a ring, or the longer one. */
export function between(border: Border, from: PathPlace, to: PathPlace, longWay = false): Point[] {
  if (!border.closed) return isBefore(border, from, to) ? onward(border, from, to) : onward(border, to, from).toReversed()
  return runsOnward(border, from, to) === !longWay ? onward(border, from, to) : onward(border, to, from).toReversed()
}

/**
 * A border with the part between two places replaced by a path that leads from the one to the other (`redrawn`, without the places themselves).
 * Of a ring the shorter part is replaced, or the longer one.
 */
export function redrawn(border: Border, from: PathPlace, to: PathPlace, path: readonly Point[], longWay = false): Point[] {
  if (border.closed) return withoutRepeats([from.point, ...path, to.point, ...between(border, to, from, !longWay)], true)
  const [first, last, middle] = isBefore(border, from, to) ? [from, to, path] : [to, from, path.toReversed()]
  return withoutRepeats([...border.path.slice(0, first.edge + 1), first.point, ...middle, last.point, ...border.path.slice(last.edge + 1)], false)
}

/** Whether the shorter way round a ring from one place to another runs with its vertices. */
function runsOnward(border: Border, from: PathPlace, to: PathPlace): boolean {
  return lengthOf([from.point, ...onward(border, from, to), to.point]) <= lengthOf([to.point, ...onward(border, to, from), from.point])
}

/** The vertices passed on the way from one place to another with the order of the vertices, round the end of a ring if need be. */
function onward(border: Border, from: PathPlace, to: PathPlace): Point[] {
  const { path } = border
  const passed = isBefore(border, from, to) ? path.slice(from.edge + 1, to.edge + 1) : [...path.slice(from.edge + 1), ...path.slice(0, to.edge + 1)]
  return withoutRepeats([from.point, ...passed, to.point], false).filter((point) => !isSame(point, from.point) && !isSame(point, to.point))
}

function isBefore({ path }: Border, from: PathPlace, to: PathPlace): boolean {
  if (from.edge !== to.edge) return from.edge < to.edge
  const start = path[from.edge] ?? from.point
  return distance(start, from.point) <= distance(start, to.point)
}

function lengthOf(path: readonly Point[]): number {
  let length = 0
  eachEdge(path, false, (a, b) => { length += distance(a, b) })
  return length
}

function withoutRepeats(path: readonly Point[], closed: boolean): Point[] {
  return path.filter((point, index) => (index === 0 && !closed) || !isSame(point, path.at(index - 1) ?? point) || path.length === 1)
}

function isSame(a: Point, b: Point): boolean {
  return distance(a, b) < 1e-9
}
