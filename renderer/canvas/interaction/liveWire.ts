import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Preview } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintDot } from './handles.ts'

/** A way along edges under way: what is fixed, what follows the pointer, and the anchors; the first grows when a click would close. */
export function paintLiveWire(context: CanvasRenderingContext2D, preview: Extract<Preview, { kind: 'liveWire' }>, camera: Camera, color: string, theme: CanvasTheme): void {
  const { anchors, fixed, live, closing } = preview
  paintWay(context, fixed, camera, color)
  context.setLineDash([5, 4])
  paintWay(context, live, camera, color)
  context.setLineDash([])
  anchors.forEach((anchor, index) => { paintDot(context, imageToScreen(camera, anchor), index === 0 && closing ? 7 : 4, theme.handleFill, color) })
}

function paintWay(context: CanvasRenderingContext2D, way: readonly Point[], camera: Camera, color: string): void {
  if (way.length < 2) return
  context.lineJoin = 'round'
  for (const [style, width] of [['rgba(0, 0, 0, 0.45)', 3.5], [color, 1.75]] as const) {
    context.beginPath()
    for (const point of way) context.lineTo(...imageToScreen(camera, point))
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
}
