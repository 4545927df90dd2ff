import { boxCorners } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Preview } from '../../editor/store/state.ts'
import { shapePath } from '../shapes/shapePath.ts'
import { inImagePixels } from '../surface.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintDot } from './handles.ts'
import { paintMarquee } from './marquee.ts'

const ADDED = '#2f9e44'
const TAKEN_AWAY = '#e03131'
const DASH = 5

/** What a tool proposes, dashed for it is not decided on yet, and what the person pointed at: green belongs to it, red does not. */
export function paintProposal(context: CanvasRenderingContext2D, preview: Extract<Preview, { kind: 'proposal' }>, camera: Camera, color: string, theme: CanvasTheme): void {
  const { parts, marks, box } = preview
  if (box !== undefined) paintMarquee(context, boxCorners(box), camera, theme)
  inImagePixels(context, camera, () => {
    for (const part of parts) paintPart(context, shapePath({ kind: 'polygon', rings: part.map((ring) => [...ring]) }), 1 / camera.zoom, color)
  })
  for (const { points, radius, subtract } of marks) {
    const [first] = points
    if (first === undefined) continue
    if (radius === undefined) paintDot(context, imageToScreen(camera, first), 5, subtract ? TAKEN_AWAY : ADDED, theme.handleFill)
    else paintStroke(context, points, 2 * radius, camera, subtract ? TAKEN_AWAY : ADDED)
  }
}

/** `pixel` is one CSS pixel in image pixels. */
function paintPart(context: CanvasRenderingContext2D, path: Path2D, pixel: number, color: string): void {
  context.globalAlpha = 0.35
  context.fillStyle = color
  context.fill(path, 'evenodd')
  context.globalAlpha = 1
  context.lineJoin = 'round'
  context.lineWidth = 1.5 * pixel
  context.setLineDash([])
  context.strokeStyle = 'rgba(0, 0, 0, 0.7)'
  context.stroke(path)
  context.setLineDash([DASH * pixel, DASH * pixel])
  context.strokeStyle = '#ffffff'
  context.stroke(path)
  context.setLineDash([])
}

function paintStroke(context: CanvasRenderingContext2D, points: readonly Point[], width: number, camera: Camera, color: string): void {
  inImagePixels(context, camera, () => {
    context.globalAlpha = 0.7
    context.strokeStyle = color
    context.lineWidth = width
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.beginPath()
    for (const [x, y] of points) context.lineTo(x, y)
    // A stroke of one place is drawn as well: a line of no length with round ends.
    const [first] = points
    if (points.length === 1 && first !== undefined) context.lineTo(...first)
    context.stroke()
    context.lineCap = 'butt'
    context.globalAlpha = 1
  })
}
