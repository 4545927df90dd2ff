import type { BrushTip, Dab } from '../../../shared/geometry/brush.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import { hasBrushInHand } from '../../editor/commands/maskCommands.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { inImagePixels } from '../surface.ts'

/** A brush smaller than this on the screen (CSS pixels) is hard to find, so a cross marks it. */
const CROSS_BELOW = 6
const CROSS = 5

/** The outline of the brush where the pointer is, dark and light so that it shows on every picture. */
export function paintBrushCircle(context: CanvasRenderingContext2D, editor: Editor, state: EditorState): void {
  const { pointer, brush, camera } = state
  if (pointer === undefined || editor.readOnly || !hasBrushInHand(editor)) return
  const dab = { point: pointer, radius: brush.diameter / 2 }
  inImagePixels(context, camera, () => {
    context.beginPath()
    addTip(context, brush.tip, dab)
    if (brush.diameter * camera.zoom < CROSS_BELOW) addCross(context, dab, CROSS / camera.zoom)
    for (const [color, width] of [['rgba(0, 0, 0, 0.6)', 3], ['#ffffff', 1]] as const) strokeThin(context, camera, color, width)
  })
}

/** Adds the outline of a brush to the path of a context that is in image pixels. */
export function addTip(context: Pick<CanvasRenderingContext2D, 'rect' | 'moveTo' | 'arc'>, tip: BrushTip, { point: [x, y], radius }: Dab): void {
  if (tip === 'square') context.rect(x - radius, y - radius, 2 * radius, 2 * radius)
  else {
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, 2 * Math.PI)
  }
}

function addCross(context: CanvasRenderingContext2D, { point: [x, y], radius }: Dab, length: number): void {
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
    context.moveTo(x + dx * (radius + length / 2), y + dy * (radius + length / 2))
    context.lineTo(x + dx * (radius + length), y + dy * (radius + length))
  }
}

function strokeThin(context: CanvasRenderingContext2D, camera: Camera, color: string, width: number): void {
  context.strokeStyle = color
  context.lineWidth = width / camera.zoom
  context.stroke()
}
