import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { CanvasTheme } from '../theme.ts'

/** What is being dragged out to select by: the corners of a box, or a lasso (image pixels). */
export function paintMarquee(context: CanvasRenderingContext2D, outline: readonly Point[], camera: Camera, theme: CanvasTheme): void {
  context.fillStyle = theme.marqueeFill
  context.strokeStyle = theme.selection
  context.lineWidth = 1
  context.beginPath()
  for (const point of outline) context.lineTo(...imageToScreen(camera, point))
  context.closePath()
  context.fill()
  context.stroke()
}
