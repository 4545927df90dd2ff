import { boxCorners } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { CanvasTheme } from '../theme.ts'

export function paintMarquee(context: CanvasRenderingContext2D, box: Box, camera: Camera, theme: CanvasTheme): void {
  context.fillStyle = theme.marqueeFill
  context.strokeStyle = theme.selection
  context.lineWidth = 1
  context.beginPath()
  for (const corner of boxCorners(box)) context.lineTo(...imageToScreen(camera, corner))
  context.closePath()
  context.fill()
  context.stroke()
}
