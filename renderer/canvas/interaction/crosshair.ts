import { cameraMatrix, imageToScreen } from '../../../shared/geometry/camera.ts'
import type { EditorState } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'

/** Lines through the pointer along the axes of the image, across the view, to line a shape up with edges in the picture. */
export function paintCrosshair(context: CanvasRenderingContext2D, state: EditorState, theme: CanvasTheme): void {
  if (state.pointer === undefined) return
  // In the middle of a pixel, where a line is sharp.
  const [x, y] = imageToScreen(state.camera, state.pointer).map((value) => Math.round(value) + 0.5)
  if (x === undefined || y === undefined) return
  const { a, b, c, d } = cameraMatrix(state.camera)
  const reach = (state.viewSize.width + state.viewSize.height) / state.camera.zoom
  context.strokeStyle = theme.crosshair
  context.lineWidth = 1
  context.setLineDash([4, 4])
  context.beginPath()
  for (const [dx, dy] of [[a * reach, b * reach], [c * reach, d * reach]] as const) {
    context.moveTo(x - dx, y - dy)
    context.lineTo(x + dx, y + dy)
  }
  context.stroke()
  context.setLineDash([])
}
