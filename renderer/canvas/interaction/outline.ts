import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import { skeletonFrame } from '../../../shared/geometry/skeleton.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import { shapePath } from '../shapes/shapePath.ts'
import { inImagePixels } from '../surface.ts'

const POINT_RADIUS = 8

/** Strokes around a geometry; `width` in CSS pixels. A mask is framed by its box, a skeleton by the frame that resizes it, a point by a ring. */
export function outline(context: CanvasRenderingContext2D, geometry: ShapeGeometry, camera: Camera, color: string, width: number): void {
  inImagePixels(context, camera, () => {
    context.strokeStyle = color
    context.lineWidth = width / camera.zoom
    context.lineJoin = 'round'
    if (geometry.kind === 'mask' || geometry.kind === 'skeleton') {
      const box = geometry.kind === 'mask' ? geometryBounds(geometry) : skeletonFrame(geometry)
      context.strokeRect(box.x, box.y, box.width, box.height)
    } else if (geometry.kind === 'point') {
      context.beginPath()
      context.arc(geometry.x, geometry.y, POINT_RADIUS / camera.zoom, 0, 2 * Math.PI)
      context.stroke()
    } else context.stroke(shapePath(geometry))
  })
}
