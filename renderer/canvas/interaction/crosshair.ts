import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { EditorState } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'

/** Lines through the pointer across the view, to line a shape up with edges in the picture. */
export function paintCrosshair(context: CanvasRenderingContext2D, state: EditorState, theme: CanvasTheme): void {
  if (state.pointer === undefined) return
  const [x, y] = imageToScreen(state.camera, state.pointer).map((value) => Math.round(value) + 0.5)
  if (x === undefined || y === undefined) return
  context.strokeStyle = theme.crosshair
  context.lineWidth = 1
  context.setLineDash([4, 4])
  context.beginPath()
  context.moveTo(x, 0)
  context.lineTo(x, state.viewSize.height)
  context.moveTo(0, y)
  context.lineTo(state.viewSize.width, y)
  context.stroke()
  context.setLineDash([])
}
