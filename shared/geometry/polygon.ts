import type { Point } from './point.ts'
import { distanceToSegment } from './vector.ts'

/** The area that a closed ring encloses, in square pixels (shoelace formula); its direction does not matter. */
export function ringArea(ring: readonly Point[]): number {
  let doubled = 0
  eachEdge(ring, true, (a, b) => { doubled += a[0] * b[1] - b[0] * a[1] })
  return Math.abs(doubled) / 2
}

/** The area of an outline without its holes, in square pixels; holes are taken to lie inside the outline and apart from each other. */
export function polygonArea(rings: readonly (readonly Point[])[]): number {
  const [outline, ...holes] = rings
  if (outline === undefined) return 0
  return Math.max(0, holes.reduce((area, hole) => area - ringArea(hole), ringArea(outline)))
}

/** Whether a point is inside by the even-odd rule, so a point in a hole is outside. Points on an edge may fall either way. */
export function pointInRings(point: Point, rings: readonly (readonly Point[])[]): boolean {
  const [x, y] = point
  let inside = false
  for (const ring of rings) {
    eachEdge(ring, true, (a, b) => {
      const crosses = (a[1] > y) !== (b[1] > y)
      if (crosses && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
    })
  }
  return inside
}

/** The distance in pixels from a point to the nearest edge of a path; a closed path has an edge from its last point to its first. */
export function distanceToPath(point: Point, path: readonly Point[], closed: boolean): number {
  let nearest = Infinity
  eachEdge(path, closed, (a, b) => { nearest = Math.min(nearest, distanceToSegment(point, a, b)) })
  return nearest
}

/** Calls `visit` for every edge of a path in order; edge i leaves point i. */
export function eachEdge(path: readonly Point[], closed: boolean, visit: (a: Point, b: Point, index: number) => void): void {
  const last = closed ? path.length : path.length - 1
  for (let index = 0; index < last; index += 1) {
    const a = path[index]
    const b = path[(index + 1) % path.length]
    if (a !== undefined && b !== undefined) visit(a, b, index)
  }
}
