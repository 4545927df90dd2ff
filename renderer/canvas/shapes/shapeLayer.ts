import type { Editor } from '../../editor/store/editor.ts'
import { shapesInHand } from '../../editor/store/queries.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { createHeldSurface } from '../held/heldSurface.ts'
import type { Look } from '../held/heldSurface.ts'
import type { CanvasTheme } from '../theme.ts'
import { visiblePredictions, visibleShapes } from './drawables.ts'
import { paintDrawables, paintLabels } from './paintDrawables.ts'
import { paintStyle } from './shapeStyle.ts'

export interface ShapeLayer {
  /** Shows the shapes at rest under a camera; `changed` says that they have to look different. */
  show(look: Look, state: EditorState, theme: CanvasTheme, changed: boolean): void
  remove(): void
}

export function createShapeLayer(host: HTMLElement, editor: Editor): ShapeLayer {
  let shown: { readonly state: EditorState; readonly theme: CanvasTheme } | undefined
  const surface = createHeldSurface(host, { x: 0, y: 0, ...editor.imageSize }, (context, camera, viewSize) => {
    if (shown !== undefined) drawShapeLayer(context, editor, { ...shown.state, camera, viewSize }, shown.theme)
  })
  return {
    show(look, state, theme, changed) {
      shown = { state, theme }
      surface.show(look, changed)
    },
    remove() { surface.remove() },
  }
}

/** Everything at rest: pending predictions, dashed and with their confidence, under the shapes of the draft. */
function drawShapeLayer(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  const predictions = visiblePredictions(editor, state)
  const shapes = visibleShapes(editor, state)
  paintDrawables(context, predictions, state.camera, paintStyle(state.display, 'predictions'))
  paintDrawables(context, shapes, state.camera, paintStyle(state.display, 'shapes'))
  if (state.display.labels !== 'all') return
  paintLabels(context, predictions, state.camera, theme.labelFont)
  paintLabels(context, shapes, state.camera, theme.labelFont)
}

/** Whether the shapes would look different: pointer movements and gestures leave them alone, but for the shapes they take hold of. Where the camera is does not count. */
export function shapeLayerChanged(before: EditorState, after: EditorState): boolean {
  return before.shapes !== after.shapes || before.pending !== after.pending
    || before.hidden !== after.hidden || before.allHidden !== after.allHidden || before.display !== after.display
    || !sameShapesInHand(before, after)
}

function sameShapesInHand(before: EditorState, after: EditorState): boolean {
  return before.preview === after.preview || shapesInHand(before).join() === shapesInHand(after).join()
}
