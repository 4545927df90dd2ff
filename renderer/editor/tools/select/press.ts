import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import { edgeEnds, hasVertex, insertVertex, verticesOf } from '../../../../shared/geometry/vertices.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf, soleSelected, withGroups } from '../../store/queries.ts'
import { edgeAt, shapesAt } from '../../store/targets.ts'
import type { Target } from '../../store/state.ts'
import type { Grip, SelectState } from './selectState.ts'
import { pickVertices } from './pickingVertices.ts'
import { previewGeometry, removeVertices } from './vertexEdits.ts'

/** The state that pressing on a target leads to; each begins with a mark that Escape returns to. `again` when the click before was at the same place. */
export function press(editor: Editor, event: PointerDown, target: Target, again: boolean): SelectState {
  if (event.modifiers.mod && (target.kind === 'canvas' || target.kind === 'shape')) return { name: 'pointingLasso', start: event, mark: editor.mark() }
  if (event.modifiers.alt && (target.kind === 'canvas' || target.kind === 'shape')) {
    const shape = editor.readOnly ? undefined : soleSelected(editor.state.getState())
    if (shape !== undefined && verticesOf(shape.geometry).length > 0) return { name: 'pickingVertices', start: event, mark: editor.mark(), id: shape.id }
  }
  switch (target.kind) {
    case 'canvas': return { name: 'pointingCanvas', start: event, mark: editor.mark() }
    case 'shape': return pressShape(editor, event, target.id, again)
    case 'prediction':
      editor.update({ selection: new Set(), activeVertex: undefined, selectedPrediction: target.id })
      return { name: 'idle' }
    case 'resizeHandle': return pressHandle(editor, event, target.id, { kind: 'resize', handle: target.handle })
    case 'rotationHandle': return pressHandle(editor, event, target.id, { kind: 'rotate' })
    case 'vertex': return pressVertex(editor, event, target)
    case 'edge': return pressEdge(editor, event, target)
    default: return assertNever(target)
  }
}

/** Selecting a shape selects its group, with Alt the shape alone. */
function pressShape(editor: Editor, event: PointerDown, id: ShapeId, again: boolean): SelectState {
  const mark = editor.mark()
  const state = editor.state.getState()
  const held = again ? heldInStack(editor, event) : undefined
  const members = event.modifiers.alt ? new Set([id]) : withGroups(state, [held?.id ?? id])
  const wasSelected = state.selection.has(held?.id ?? id)
  if (!wasSelected) editor.update({ selection: event.modifiers.shift ? new Set([...state.selection, ...members]) : members })
  editor.update({ selectedPrediction: undefined, activeVertex: undefined })
  return { name: 'pointingShape', start: event, mark, members, wasSelected, next: held?.next }
}

/** The selected shape in the stack under the pointer, and the one that follows it; none on an edge, where a double click inserts a vertex. */
function heldInStack(editor: Editor, event: PointerDown): { id: ShapeId; next: ShapeId | undefined } | undefined {
  const state = editor.state.getState()
  const stack = shapesAt(editor, event.point)
  const at = stack.findIndex((each) => state.selection.has(each))
  const id = stack[at]
  if (id === undefined || edgeAt(editor, event.point, event.coarse, 'insert') !== undefined) return undefined
  const group = withGroups(state, [id])
  return { id, next: [...stack.slice(at), ...stack.slice(0, at)].find((each) => !group.has(each)) }
}

function pressHandle(editor: Editor, event: PointerDown, id: ShapeId, grip: Grip): SelectState {
  const shape = shapeOf(editor.state.getState(), id)
  return shape === undefined ? { name: 'idle' } : { name: 'pointingHandle', start: event, mark: editor.mark(), id, geometry: shape.geometry, grip }
}

function pressVertex(editor: Editor, event: PointerDown, { id, ref }: Extract<Target, { kind: 'vertex' }>): SelectState {
  const shape = shapeOf(editor.state.getState(), id)
  if (shape === undefined) return { name: 'idle' }
  if (event.modifiers.alt) {
    removeVertices(editor, shape, [ref])
    return { name: 'idle' }
  }
  const { activeVertex } = editor.state.getState()
  const picked = activeVertex?.shapeId === id ? [activeVertex.ref, ...activeVertex.others] : []
  const isPicked = hasVertex(picked, ref)
  const unpicked = picked.filter((each) => !hasVertex([each], ref))
  if (event.modifiers.shift) {
    pickVertices(editor, id, isPicked ? unpicked : [ref, ...picked])
    return { name: 'idle' }
  }
  const others = isPicked ? unpicked : []
  editor.update({ activeVertex: { shapeId: id, ref, others } })
  const sliding = event.modifiers.mod
  return { name: 'draggingVertex', start: event, mark: editor.mark(), id, geometry: shape.geometry, ref, others, sliding, inserted: false, dragged: false }
}

function pressEdge(editor: Editor, event: PointerDown, { id, after, point, grip }: Extract<Target, { kind: 'edge' }>): SelectState {
  const shape = shapeOf(editor.state.getState(), id)
  if (shape === undefined) return { name: 'idle' }
  const mark = editor.mark()
  if (grip === 'drag') {
    const [first = after, ...others] = edgeEnds(shape.geometry, after)
    return { name: 'draggingVertex', start: event, mark, id, geometry: shape.geometry, ref: first, others, sliding: false, inserted: false, dragged: false }
  }
  const geometry = insertVertex(shape.geometry, after, point)
  const ref = { ring: after.ring, index: after.index + 1 }
  previewGeometry(editor, id, geometry)
  return { name: 'draggingVertex', start: event, mark, id, geometry, ref, others: [], sliding: false, inserted: true, dragged: false }
}
