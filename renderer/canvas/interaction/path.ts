import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { PathPreview } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintDot } from './handles.ts'
import { paintMagnet } from './magnet.ts'

/** A path under way: its edges, the way that leads to the pointer, and its vertices; the first grows when a click would close it. */
export function paintPath(context: CanvasRenderingContext2D, preview: PathPreview, camera: Camera, color: string, theme: CanvasTheme): void {
  const onScreen = (point: Point) => imageToScreen(camera, point)
  const points = preview.points.map(onScreen)
  const [first] = points
  if (first === undefined) return
  const pointer = onScreen(preview.cursor)
  const outline = [...points, ...preview.tail.map(onScreen), preview.closing && preview.closed ? first : pointer]
  context.lineJoin = 'round'
  for (const [style, width] of [['rgba(0, 0, 0, 0.45)', 3], [color, 1.5]] as const) {
    trace(context, outline)
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
  if (preview.closed && outline.length > 2) {
    context.globalAlpha = 0.16
    context.fillStyle = color
    trace(context, outline)
    context.fill()
    context.globalAlpha = 1
  }
  points.forEach((point, index) => { paintDot(context, point, index === 0 && preview.closing ? 7 : 4, theme.handleFill, color) })
  if (preview.magnet !== undefined) paintMagnet(context, preview.magnet, pointer, theme)
}

function trace(context: CanvasRenderingContext2D, path: readonly Point[]): void {
  context.beginPath()
  for (const [x, y] of path) context.lineTo(x, y)
}
