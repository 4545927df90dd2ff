import type { Size } from './box.ts'
import { unknownGeometry } from './closed.ts'
import { frameOf } from './handles.ts'
import { geometryPaths } from './hitTest.ts'
import { maskPolygons } from './maskOutline.ts'
import { geometryBounds } from './measure.ts'
import { minimumRectangle } from './minimumRectangle.ts'
import { rasterizeRings } from './rasterize.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'

export const CONVERTED_KINDS = ['rectangle', 'rotatedRectangle', 'ellipse', 'polygon', 'mask'] as const
/** The kinds that mark a surface, which can be made of each other. */
export type ConvertedKind = (typeof CONVERTED_KINDS)[number]

/**
 * A surface as another kind, on an image of `image` pixels; none for points, lines and skeletons, which mark no surface. To a rectangle: its bounds. To a
 * rotated rectangle: the one of least area around it. To an ellipse: the one within its rectangle. To a polygon: its outline, 64 points of an ellipse, and
 * for a mask the exact borders, one polygon for each region. To a mask: the pixels whose centres lie inside.
 * @throws RangeError for a mask that cannot be read.
 */
export function convertGeometry(geometry: ShapeGeometry, to: ConvertedKind, image: Size): ShapeGeometry[] {
  if (geometry.kind === to) return [geometry]
  if (geometry.kind === 'point' || geometry.kind === 'polyline' || geometry.kind === 'skeleton') return []
  switch (to) {
    case 'rectangle': return [{ kind: 'rectangle', ...geometryBounds(geometry) }]
    case 'rotatedRectangle': return [turnedRectangle(geometry)]
    case 'ellipse': {
      const { cx, cy, width, height, rotation } = turnedRectangle(geometry)
      return [{ kind: 'ellipse', cx, cy, rx: width / 2, ry: height / 2, rotation }]
    }
    case 'polygon': return geometry.kind === 'mask'
      ? maskPolygons(geometry.rle).map((rings) => ({ kind: 'polygon', rings }))
      : [{ kind: 'polygon', rings: geometryPaths(geometry).paths.map((ring) => [...ring]) }]
    case 'mask': return [{ kind: 'mask', rle: rasterizeRings(geometryPaths(geometry).paths, image) }]
    default: return unknownGeometry(to)
  }
}

function turnedRectangle(geometry: ShapeGeometry) {
  const frame = frameOf(geometry)
  if (frame === undefined) return minimumRectangle(geometry.kind === 'mask' ? maskPolygons(geometry.rle).flat(2) : geometryPaths(geometry).paths.flat())
  const { box: { x, y, width, height }, rotation } = frame
  return { kind: 'rotatedRectangle' as const, cx: x + width / 2, cy: y + height / 2, width, height, rotation }
}
