import type { Box } from './box.ts'
import type { Point } from './point.ts'
import type { GeometryOf } from './shapeGeometry.ts'
import { angleTo, distance, midpoint, normalizeDegrees, rotatePoint } from './vector.ts'

/** The corners of a rotated rectangle: those that are top left, top right, bottom right and bottom left before it is turned, in image pixels. */
export function rotatedRectangleCorners(rectangle: Omit<GeometryOf<'rotatedRectangle'>, 'kind'>): [Point, Point, Point, Point] {
  const { cx, cy, rotation } = rectangle
  const halfWidth = rectangle.width / 2
  const halfHeight = rectangle.height / 2
  const turn = (x: number, y: number) => rotatePoint([cx + x, cy + y], [cx, cy], rotation)
  return [turn(-halfWidth, -halfHeight), turn(halfWidth, -halfHeight), turn(halfWidth, halfHeight), turn(-halfWidth, halfHeight)]
}

/** The rectangle with the side `from`-`to` whose opposite side runs through `point` (image pixels); its width lies along that side. */
export function rectangleOnSide(from: Point, to: Point, point: Point): GeometryOf<'rotatedRectangle'> {
  const rotation = angleTo(from, to)
  const height = rotatePoint(point, from, -rotation)[1] - from[1]
  const [middleX, middleY] = midpoint(from, to)
  const [cx, cy] = rotatePoint([middleX, middleY + height / 2], [middleX, middleY], rotation)
  return { kind: 'rotatedRectangle', cx, cy, width: distance(from, to), height: Math.abs(height), rotation: normalizeDegrees(rotation) }
}

/** `count` points around an ellipse, clockwise from the end of its x radius, in image pixels. */
export function ellipsePoints(ellipse: Omit<GeometryOf<'ellipse'>, 'kind'>, count = 64): Point[] {
  const { cx, cy, rx, ry, rotation } = ellipse
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count
    return rotatePoint([cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)], [cx, cy], rotation)
  })
}

/** The exact box around a rotated ellipse, in image pixels. */
export function ellipseBounds(ellipse: Omit<GeometryOf<'ellipse'>, 'kind'>): Box {
  const { cx, cy, rx, ry } = ellipse
  const radians = (ellipse.rotation * Math.PI) / 180
  const halfWidth = Math.hypot(rx * Math.cos(radians), ry * Math.sin(radians))
  const halfHeight = Math.hypot(rx * Math.sin(radians), ry * Math.cos(radians))
  return { x: cx - halfWidth, y: cy - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight }
}
