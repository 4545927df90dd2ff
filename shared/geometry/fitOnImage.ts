import { boxBetween } from './box.ts'
import type { Box, Size } from './box.ts'
import { unknownGeometry } from './closed.ts'
import { maskOnCanvas } from './mask.ts'
import { geometryBounds, isWithinImage } from './measure.ts'
import type { Point } from './point.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { clampPoint, moveGeometry } from './transform.ts'

/**
 * The geometry on an image of `size` pixels: where it is if it fits, else moved as little as that takes. What is larger than the image is cut at its
 * edges, but for turned rectangles and ellipses, which may stand over them. A mask is laid on a canvas of the image's size.
 */
export function fitOnImage(geometry: ShapeGeometry, size: Size): ShapeGeometry {
  if (geometry.kind === 'mask') return { ...geometry, rle: maskOnCanvas(geometry.rle, size) }
  const moved = moveGeometry(geometry, wayOnto(geometryBounds(geometry), size))
  return isWithinImage(moved, size) ? moved : cutAtEdges(moved, size)
}

function wayOnto({ x, y, width, height }: Box, size: Size): Point {
  return [wayAlong(x, width, size.width), wayAlong(y, height, size.height)]
}

function wayAlong(start: number, length: number, room: number): number {
  return Math.max(-start, Math.min(0, room - start - length))
}

function cutAtEdges(geometry: ShapeGeometry, size: Size): ShapeGeometry {
  const clamp = (point: Point) => clampPoint(point, size)
  switch (geometry.kind) {
    case 'rectangle': {
      const { x, y, width, height } = geometry
      return { kind: 'rectangle', ...boxBetween(clamp([x, y]), clamp([x + width, y + height])) }
    }
    case 'polygon': return { ...geometry, rings: geometry.rings.map((ring) => ring.map(clamp)) }
    case 'polyline': return { ...geometry, points: geometry.points.map(clamp) }
    case 'skeleton': return {
      ...geometry,
      points: geometry.points.map((keypoint) => {
        const [x, y] = clamp([keypoint.x, keypoint.y])
        return { ...keypoint, x, y }
      }),
    }
    case 'point':
    case 'rotatedRectangle':
    case 'ellipse':
    case 'mask': return geometry
    default: return unknownGeometry(geometry)
  }
}
