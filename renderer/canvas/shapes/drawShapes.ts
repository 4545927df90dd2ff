import type { ShapeId } from '../../../shared/domain/ids.ts'
import { boxOfBoxes, expandBox } from '../../../shared/geometry/box.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { isVisible, shapeOf, shapesInHand } from '../../editor/store/queries.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { clipPose } from '../held/pose.ts'
import type { Pose } from '../held/pose.ts'
import type { Context2D } from '../surface.ts'
import type { CanvasTheme } from '../theme.ts'
import { boundsOf, drawableShape, visiblePredictions, visibleShapes } from './drawables.ts'
import type { Drawable } from './drawables.ts'
import { LABEL_ROOM } from './label.ts'
import { paintDrawables, paintLabels } from './paintDrawables.ts'
import { paintStyle } from './shapeStyle.ts'

/** Everything at rest: pending predictions, dashed and with their confidence, under the shapes of the draft. */
export function drawShapes(context: Context2D, editor: Editor, state: EditorState, theme: CanvasTheme): void {
  const shapes = visibleShapes(editor, state)
  drawAll(context, editor, state, theme, shapes, shapes)
}

/** What the rasteriser leaves to be drawn: predictions, the shapes of `byHand`, and the labels of `labelled`. */
export function drawHandwork(
  context: Context2D, editor: Editor, state: EditorState, theme: CanvasTheme, byHand: readonly ShapeId[], labelled: readonly ShapeId[],
): void {
  drawAll(context, editor, state, theme, drawablesOf(editor, state, byHand), drawablesOf(editor, state, labelled))
}

/** What of a picture has such things in it, with their labels; undefined where there are none. It is often little of the picture. */
export function handworkPose(state: EditorState, pose: Pose, byHand: readonly ShapeId[], labelled: readonly ShapeId[]): Pose | undefined {
  if (state.pending.length > 0) return pose
  const around = boxOfBoxes([...byHand, ...labelled].flatMap((id) => shapeOf(state, id)?.geometry ?? []).map(boundsOf))
  return around && clipPose(pose, expandBox(around, LABEL_ROOM / pose.camera.zoom))
}

function drawAll(
  context: Context2D, editor: Editor, state: EditorState, theme: CanvasTheme, shapes: readonly Drawable[], labelled: readonly Drawable[],
): void {
  const predictions = visiblePredictions(editor, state)
  paintDrawables(context, predictions, state.camera, paintStyle(state.display, 'predictions'))
  paintDrawables(context, shapes, state.camera, paintStyle(state.display, 'shapes'))
  if (state.display.labels !== 'all') return
  paintLabels(context, predictions, state.camera, theme.labelFont)
  paintLabels(context, labelled, state.camera, theme.labelFont)
}

/** Some shapes as they are now, without those that a gesture is changing or that are hidden. */
export function drawablesOf(editor: Editor, state: EditorState, ids: Iterable<ShapeId>): Drawable[] {
  const inHand = new Set(shapesInHand(state))
  return [...ids].flatMap((id) => {
    const shape = isVisible(state, id) && !inHand.has(id) ? shapeOf(state, id) : undefined
    return shape === undefined ? [] : [drawableShape(editor, state, shape, shape.geometry)]
  })
}
