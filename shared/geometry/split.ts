import { Clipper, EndType, JoinType } from 'clipper2-ts'
import { GRID, offGrid, onGrid, subtract, totalArea, unite } from './booleans.ts'
import type { Rings } from './booleans.ts'
import type { Point } from './point.ts'
import { distanceToPath, eachEdge } from './polygon.ts'
import { distance, segmentCrossing } from './vector.ts'

/** Half the width of the cut, in image pixels; it is closed again afterwards. */
const HALF_WIDTH = 0.0005
/** How far the cut goes on beyond the ends of the line, so that a line which ends on an outline cuts it through. */
const BEYOND = 0.1

/**
 * The parts into which a line (image pixels) cuts a polygon; they share the line as their border. A single part when the line does not cut it
 * through: an end of the line that stays inside cuts nothing.
 */
export function splitByLine(rings: Rings, line: readonly Point[]): Rings[] {
  const whole = unite([rings])
  const knife = stretched(line)
  const cut = cutAlong(knife)
  const parts = whole.flatMap((polygon) => subtract(polygon, cut))
  if (parts.length <= whole.length) return whole
  const corners = new Set(whole.flat(2).map(String))
  const places = [...line, ...crossings(whole.flat(), true, knife), ...crossings([line], false, line)]
  const close = (point: Point) => (corners.has(String(point)) || distanceToPath(point, knife, false) > 4 * HALF_WIDTH ? point : nearest(point, places))
  const closed = parts.flatMap((part) => unite([part.map((ring) => withoutRepeats(ring.map(close))).filter((ring) => ring.length >= 3)]))
  return closed.length > whole.length && totalArea(closed) > 0 ? closed : whole
}

/** A very thin area along the line. */
function cutAlong(line: readonly Point[]): Rings[] {
  const outlines = Clipper.inflatePaths([line.map(onGrid)], HALF_WIDTH * GRID, JoinType.Miter, EndType.Butt)
  return [outlines.map((outline) => outline.map(offGrid))]
}

function stretched(line: readonly Point[]): Point[] {
  const [first, second] = line
  const [last, previous] = line.toReversed()
  if (first === undefined || second === undefined || last === undefined || previous === undefined) return [...line]
  return [beyond(second, first), ...line.slice(1, -1), beyond(previous, last)]
}

function beyond(from: Point, to: Point): Point {
  const length = distance(from, to)
  if (length === 0) return to
  return [to[0] + ((to[0] - from[0]) / length) * BEYOND, to[1] + ((to[1] - from[1]) / length) * BEYOND]
}

/** Where the line meets paths, in image pixels. */
function crossings(paths: readonly (readonly Point[])[], closed: boolean, line: readonly Point[]): Point[] {
  const found: Point[] = []
  eachEdge(line, false, (a, b) => {
    for (const path of paths) {
      eachEdge(path, closed, (c, d) => {
        const place = segmentCrossing(a, b, c, d)
        if (place !== undefined) found.push(place)
      })
    }
  })
  return found
}

function nearest(point: Point, places: readonly Point[]): Point {
  let best = point
  let bestDistance = Infinity
  for (const place of places) {
    const away = distance(point, place)
    if (away >= bestDistance) continue
    best = place
    bestDistance = away
  }
  return best
}

function withoutRepeats(ring: readonly Point[]): Point[] {
  return ring.filter((point, index) => distance(point, ring.at(index - 1) ?? point) > 1e-9 || ring.length === 1)
}
