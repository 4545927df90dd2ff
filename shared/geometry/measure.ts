import { boxAround } from './box.ts'
import type { Box, Size } from './box.ts'
import { unknownGeometry } from './closed.ts'
import { maskArea, maskBounds } from './mask.ts'
import type { Point } from './point.ts'
import { polygonArea } from './polygon.ts'
import { ellipseBounds, rotatedRectangleCorners } from './rotated.ts'
import { labelledKeypoints, skeletonBounds } from './skeleton.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'

/** The smallest axis-aligned box around a geometry, in image pixels; a point has a box of zero size. */
export function geometryBounds(geometry: ShapeGeometry): Box {
  switch (geometry.kind) {
    case 'rectangle': return { x: geometry.x, y: geometry.y, width: geometry.width, height: geometry.height }
    case 'rotatedRectangle': return boxAround(rotatedRectangleCorners(geometry))
    case 'polygon': return boxAround(pointsOf(geometry.rings))
    case 'polyline': return boxAround(geometry.points)
    case 'point': return { x: geometry.x, y: geometry.y, width: 0, height: 0 }
    case 'ellipse': return ellipseBounds(geometry)
    case 'mask': return maskBounds(geometry.rle)
    case 'skeleton': return skeletonBounds(geometry)
    default: return unknownGeometry(geometry)
  }
}

/** Nearly all polygons are of one ring, and bounds are asked for of every shape of a task. */
function pointsOf(rings: readonly (readonly Point[])[]): readonly Point[] {
  const [outer] = rings
  return outer !== undefined && rings.length === 1 ? outer : rings.flat()
}

/** The area in square pixels; lines, points and skeletons have none. */
export function geometryArea(geometry: ShapeGeometry): number {
  switch (geometry.kind) {
    case 'rectangle':
    case 'rotatedRectangle': return geometry.width * geometry.height
    case 'polygon': return polygonArea(geometry.rings)
    case 'polyline':
    case 'point':
    case 'skeleton': return 0
    case 'ellipse': return Math.PI * geometry.rx * geometry.ry
    case 'mask': return maskArea(geometry.rle)
    default: return unknownGeometry(geometry)
  }
}

/** Whether a geometry marks nothing: a surface without area, a line without length, a skeleton without labelled keypoints. A point always marks something. */
export function isEmptyGeometry(geometry: ShapeGeometry): boolean {
  if (geometry.kind === 'point') return false
  if (geometry.kind === 'skeleton') return labelledKeypoints(geometry).length === 0
  if (geometry.kind !== 'polyline') return geometryArea(geometry) === 0
  const { width, height } = geometryBounds(geometry)
  return width === 0 && height === 0
}

/** Whether a geometry lies wholly on an image of `size` pixels, give or take `tolerance` pixels for rounding. */
export function isWithinImage(geometry: ShapeGeometry, size: Size, tolerance = 1e-6): boolean {
  const box = geometryBounds(geometry)
  return box.x >= -tolerance && box.y >= -tolerance
    && box.x + box.width <= size.width + tolerance && box.y + box.height <= size.height + tolerance
}
