import { boxCorners } from './box.ts'
import { geometryPaths } from './hitTest.ts'
import { geometryBounds } from './measure.ts'
import type { Point } from './point.ts'
import { eachEdge, pointInRings } from './polygon.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'

/** Whether a geometry lies wholly within a closed outline (image pixels); of a mask, its bounds must. */
export function liesWithin(geometry: ShapeGeometry, outline: readonly Point[]): boolean {
  const { paths, closed } = geometry.kind === 'mask' ? { paths: [boxCorners(geometryBounds(geometry))], closed: true } : geometryPaths(geometry)
  return paths.every((path) => path.every((point) => pointInRings(point, [outline])) && !crosses(path, closed, outline))
}

function crosses(path: readonly Point[], closed: boolean, outline: readonly Point[]): boolean {
  let found = false
  eachEdge(path, closed, (a, b) => {
    eachEdge(outline, true, (c, d) => { found ||= side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b) })
  })
  return found
}

/** Which side of the line a-b a point is on: -1, 0 or 1. */
function side(a: Point, b: Point, point: Point): number {
  return Math.sign((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]))
}
