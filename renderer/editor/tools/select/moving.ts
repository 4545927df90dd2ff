import { updateGeometry } from '../../../../shared/domain/draftOperations.ts'
import { boxOfBoxes } from '../../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampMove, moveGeometry } from '../../../../shared/geometry/transform.ts'
import { subtractPoints } from '../../../../shared/geometry/vector.ts'
import type { Modifiers } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { selectedShapes } from '../../store/queries.ts'
import type { Moving } from './selectState.ts'

/** The selected shapes ready to be moved; undefined when none may be. */
export function movingSelection(editor: Editor): Moving | undefined {
  const state = editor.state.getState()
  const shapes = editor.readOnly ? [] : selectedShapes(state).filter((shape) => !state.locked.has(shape.id))
  const bounds = boxOfBoxes(shapes.map((shape) => geometryBounds(shape.geometry)))
  return bounds && { geometries: new Map(shapes.map((shape) => [shape.id, shape.geometry])), bounds }
}

function moved(editor: Editor, { geometries, bounds }: Moving, delta: Point): Moving['geometries'] {
  const allowed = clampMove(bounds, delta, editor.imageSize)
  return new Map([...geometries].map(([id, geometry]) => [id, moveGeometry(geometry, allowed)]))
}

/** Shows the shapes moved by `delta` image pixels, as far as the image reaches. */
export function previewMove(editor: Editor, moving: Moving, delta: Point): void {
  editor.update({ preview: { kind: 'changing', geometries: moved(editor, moving, delta) } })
}

export function commitMove(editor: Editor, moving: Moving, delta: Point): void {
  editor.update({ preview: undefined })
  editor.commit('moveShape', updateGeometry(editor.state.getState().records, moved(editor, moving, delta)))
}

/** The movement between two places; Shift keeps to the main direction. */
export function dragDelta(start: { readonly point: Point }, now: { readonly point: Point; readonly modifiers: Modifiers }): Point {
  const delta = subtractPoints(now.point, start.point)
  if (!now.modifiers.shift) return delta
  return Math.abs(delta[0]) >= Math.abs(delta[1]) ? [delta[0], 0] : [0, delta[1]]
}

export function showMoved(editor: Editor, moving: Moving, start: { readonly point: Point }, now: { readonly point: Point; readonly modifiers: Modifiers }): void {
  previewMove(editor, moving, dragDelta(start, now))
}
