import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'
import { visiblePredictions, visibleShapes } from './drawables.ts'
import { paintDrawables, paintLabels } from './paintDrawables.ts'
import { paintStyle } from './shapeStyle.ts'

/** Everything at rest: pending predictions, dashed and with their confidence, under the shapes of the draft. */
export function drawShapeLayer(context: CanvasRenderingContext2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  const predictions = visiblePredictions(editor, state)
  const shapes = visibleShapes(editor, state)
  paintDrawables(context, predictions, state.camera, paintStyle(state.display, 'predictions'))
  paintDrawables(context, shapes, state.camera, paintStyle(state.display, 'shapes'))
  if (state.display.labels !== 'all') return
  paintLabels(context, predictions, state.camera, theme.labelFont)
  paintLabels(context, shapes, state.camera, theme.labelFont)
}

/** Whether the layer would look different: pointer movements and gestures leave it alone, but for the shapes they take hold of. */
export function shapeLayerChanged(before: EditorState, after: EditorState): boolean {
  return before.shapes !== after.shapes || before.pending !== after.pending || before.camera !== after.camera || before.viewSize !== after.viewSize
    || before.hidden !== after.hidden || before.allHidden !== after.allHidden || before.display !== after.display
    || !sameShapesChanging(before, after)
}

function sameShapesChanging({ preview: before }: EditorState, { preview: after }: EditorState): boolean {
  if (before === after) return true
  const ids = (preview: EditorState['preview']) => (preview?.kind === 'changing' ? [...preview.geometries.keys()].join() : '')
  return ids(before) === ids(after)
}
