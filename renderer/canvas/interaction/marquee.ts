import type { Box } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { CanvasTheme } from '../theme.ts'

export function paintMarquee(context: CanvasRenderingContext2D, box: Box, camera: Camera, theme: CanvasTheme): void {
  const [x, y] = imageToScreen(camera, [box.x, box.y])
  context.fillStyle = theme.marqueeFill
  context.strokeStyle = theme.selection
  context.lineWidth = 1
  context.fillRect(x, y, box.width * camera.zoom, box.height * camera.zoom)
  context.strokeRect(x, y, box.width * camera.zoom, box.height * camera.zoom)
}
