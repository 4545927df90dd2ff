import { updateGeometry } from '../../../../shared/domain/draftOperations.ts'
import { boxAround, boxOfBoxes } from '../../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampMove, moveGeometry } from '../../../../shared/geometry/transform.ts'
import { subtractPoints } from '../../../../shared/geometry/vector.ts'
import { hasVertex, moveVertices, verticesOf } from '../../../../shared/geometry/vertices.ts'
import type { Modifiers } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { selectedShapes, soleSelected } from '../../store/queries.ts'
import type { Moving } from './selectState.ts'

/** The selected shapes ready to be moved; undefined when none may be. */
export function movingSelection(editor: Editor): Moving | undefined {
  const state = editor.state.getState()
  const shapes = editor.readOnly ? [] : selectedShapes(state).filter((shape) => !state.locked.has(shape.id))
  const bounds = boxOfBoxes(shapes.map((shape) => geometryBounds(shape.geometry)))
  return bounds && { geometries: new Map(shapes.map((shape) => [shape.id, shape.geometry])), bounds }
}

/** The vertices in hand ready to be moved; undefined when there are none, or they may not be. */
export function movingVertices(editor: Editor): Moving | undefined {
  const state = editor.state.getState()
  const shape = soleSelected(state)
  const { activeVertex } = state
  if (editor.readOnly || shape === undefined || activeVertex?.shapeId !== shape.id) return undefined
  const vertices = [activeVertex.ref, ...activeVertex.others]
  const places = verticesOf(shape.geometry).filter(({ ref }) => hasVertex(vertices, ref)).map(({ point }) => point)
  return places.length === 0 ? undefined : { geometries: new Map([[shape.id, shape.geometry]]), bounds: boxAround(places), vertices }
}

function moved(editor: Editor, { geometries, bounds, vertices }: Moving, delta: Point): Moving['geometries'] {
  const allowed = clampMove(bounds, delta, editor.imageSize)
  return new Map([...geometries].map(([id, geometry]) => [id, vertices === undefined ? moveGeometry(geometry, allowed) : moveVertices(geometry, vertices, allowed)]))
}

/** Shows the shapes moved by `delta` image pixels, as far as the image reaches. */
export function previewMove(editor: Editor, moving: Moving, delta: Point): void {
  editor.update({ preview: { kind: 'changing', geometries: moved(editor, moving, delta) } })
}

export function commitMove(editor: Editor, moving: Moving, delta: Point): void {
  editor.update({ preview: undefined })
  editor.commit(moving.vertices === undefined ? 'moveShape' : 'reshape', updateGeometry(editor.state.getState().records, moved(editor, moving, delta)))
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
