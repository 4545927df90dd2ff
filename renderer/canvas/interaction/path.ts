import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Preview } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintDot } from './handles.ts'

/** A polygon or polyline under way: its edges, the edge that follows the pointer, and its vertices; the first grows when a click would close. */
export function paintPath(context: CanvasRenderingContext2D, preview: Extract<Preview, { kind: 'path' }>, camera: Camera, color: string, theme: CanvasTheme): void {
  const points = preview.points.map((point) => imageToScreen(camera, point))
  const pointer = imageToScreen(camera, preview.cursor)
  const [first] = points
  if (first === undefined) return
  context.lineJoin = 'round'
  for (const [style, width] of [['rgba(0, 0, 0, 0.45)', 3], [color, 1.5]] as const) {
    context.beginPath()
    for (const [x, y] of preview.closing ? [...points, first] : [...points, pointer]) context.lineTo(x, y)
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
  if (preview.closed && points.length > 1) {
    context.globalAlpha = 0.16
    context.fillStyle = color
    context.beginPath()
    for (const [x, y] of [...points, preview.closing ? first : pointer]) context.lineTo(x, y)
    context.fill()
    context.globalAlpha = 1
  }
  points.forEach((point, index) => { paintDot(context, point, index === 0 && preview.closing ? 7 : 4, theme.handleFill, color) })
}
