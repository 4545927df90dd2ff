import earcut from 'earcut'
import type { PackedShapes } from '../packedShapes.ts'

/**
 * Divides the surface of a shape into triangles, three numbers of points each. Of several paths the first is the outline and the others are its holes. A path
 * that crosses itself is no surface, and is marked as a problem: triangles may lie over each other there.
 */
export function triangulate({ pathsOf, pointsOf, places }: PackedShapes, shape: number): number[] {
  const firstPath = pathsOf[shape] ?? 0
  const lastPath = pathsOf[shape + 1] ?? 0
  const first = pointsOf[firstPath] ?? 0
  const last = pointsOf[lastPath] ?? 0
  if (lastPath - firstPath === 1 && isConvex(places, first, last)) return fan(first, last)
  const holes: number[] = []
  for (let path = firstPath + 1; path < lastPath; path += 1) holes.push((pointsOf[path] ?? 0) - first)
  return earcut(places.subarray(2 * first, 2 * last), holes).map((point) => first + point)
}

/** Whether a ring turns one way only. Most shapes are boxes and ellipses, which need no search for triangles. */
function isConvex(places: Float32Array, first: number, last: number): boolean {
  const x = (point: number) => places[2 * point] ?? 0
  const y = (point: number) => places[2 * point + 1] ?? 0
  let way = 0
  for (let point = first; point < last; point += 1) {
    const next = point + 1 < last ? point + 1 : first
    const after = next + 1 < last ? next + 1 : first
    const turn = (x(next) - x(point)) * (y(after) - y(next)) - (y(next) - y(point)) * (x(after) - x(next))
    if (turn * way < 0) return false
    if (turn !== 0) way = turn
  }
  return true
}

function fan(first: number, last: number): number[] {
  const triangles: number[] = []
  for (let point = first + 1; point + 1 < last; point += 1) triangles.push(first, point, point + 1)
  return triangles
}
