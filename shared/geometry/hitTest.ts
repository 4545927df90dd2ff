import { boxCorners } from './box.ts'
import { unknownGeometry } from './closed.ts'
import { maskHasPoint } from './mask.ts'
import type { Point } from './point.ts'
import { distanceToPath, pointInRings } from './polygon.ts'
import { ellipsePoints, rotatedRectangleCorners } from './rotated.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { hitsSkeleton, labelledKeypoints } from './skeleton.ts'
import type { SkeletonEdges } from './skeleton.ts'
import { distance } from './vector.ts'

/** The rings or open path that a geometry is drawn along, in image pixels; a mask has none, and points and keypoints are paths of one. */
export function geometryPaths(geometry: ShapeGeometry): { paths: readonly (readonly Point[])[]; closed: boolean } {
  switch (geometry.kind) {
    case 'rectangle': return { paths: [boxCorners(geometry)], closed: true }
    case 'rotatedRectangle': return { paths: [rotatedRectangleCorners(geometry)], closed: true }
    case 'polygon': return { paths: geometry.rings, closed: true }
    case 'polyline': return { paths: [geometry.points], closed: false }
    case 'point': return { paths: [[[geometry.x, geometry.y]]], closed: false }
    case 'ellipse': return { paths: [ellipsePoints(geometry)], closed: true }
    case 'mask': return { paths: [], closed: true }
    case 'skeleton': return { paths: labelledKeypoints(geometry).map(({ point }) => [point]), closed: false }
    default: return unknownGeometry(geometry)
  }
}

/** Whether `point` touches a geometry: inside it, or within `tolerance` image pixels of its outline. A skeleton is touched at its keypoints and `edges`. */
export function hitsGeometry(geometry: ShapeGeometry, point: Point, tolerance: number, edges: SkeletonEdges = []): boolean {
  if (geometry.kind === 'mask') return maskHasPoint(geometry.rle, point)
  if (geometry.kind === 'point') return distance(point, [geometry.x, geometry.y]) <= tolerance
  if (geometry.kind === 'skeleton') return hitsSkeleton(geometry, edges, point, tolerance)
  const { paths, closed } = geometryPaths(geometry)
  if (closed && pointInRings(point, paths)) return true
  return paths.some((path) => distanceToPath(point, path, closed) <= tolerance)
}
