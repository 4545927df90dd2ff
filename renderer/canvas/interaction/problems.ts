import { boxesMeet, boxAround, boxCorners } from '../../../shared/geometry/box.ts'
import { imageToScreen, visibleBox } from '../../../shared/geometry/camera.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { isVisible, shapeOf } from '../../editor/store/queries.ts'
import type { EditorState } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'

const SIZE = 14
/** With more than this in view the marks would hide the image; the list of objects has them all. */
export const MOST_MARKED = 200

/** Marks the shapes in view that break a rule with a small sign at their top right. */
export function paintProblems(context: CanvasRenderingContext2D, state: EditorState, theme: CanvasTheme): void {
  const view = visibleBox(state.camera, state.viewSize)
  let marked = 0
  for (const id of state.problems.keys()) {
    const shape = isVisible(state, id) ? shapeOf(state, id) : undefined
    if (shape === undefined) continue
    const bounds = geometryBounds(shape.geometry)
    if (!boxesMeet(bounds, view)) continue
    const seen = boxAround(boxCorners(bounds).map((corner) => imageToScreen(state.camera, corner)))
    paintSign(context, [seen.x + seen.width, seen.y], theme)
    marked += 1
    if (marked === MOST_MARKED) return
  }
}

/** A triangle with an exclamation mark about a place (CSS pixels). */
function paintSign(context: CanvasRenderingContext2D, [x, y]: Point, theme: CanvasTheme): void {
  context.beginPath()
  context.moveTo(x, y - SIZE / 2)
  context.lineTo(x + SIZE / 2, y + SIZE / 2)
  context.lineTo(x - SIZE / 2, y + SIZE / 2)
  context.closePath()
  context.fillStyle = theme.problem
  context.fill()
  context.lineWidth = 1
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)'
  context.stroke()
  context.fillStyle = '#000000'
  context.fillRect(x - 0.75, y - 2, 1.5, 4.5)
  context.fillRect(x - 0.75, y + 3.5, 1.5, 1.5)
}
