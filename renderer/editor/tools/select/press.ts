import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import { edgeEnds, hasVertex, insertVertex, verticesOf } from '../../../../shared/geometry/vertices.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf, soleSelected } from '../../store/queries.ts'
import type { Target } from '../../store/state.ts'
import type { Grip, SelectState } from './selectState.ts'
import { pickVertices } from './pickingVertices.ts'
import { previewGeometry, removeVertices } from './vertexEdits.ts'

/** The state that pressing on a target leads to; each begins with a mark that Escape returns to. */
export function press(editor: Editor, event: PointerDown, target: Target): SelectState {
  if (event.modifiers.alt && (target.kind === 'canvas' || target.kind === 'shape')) {
    const shape = editor.readOnly ? undefined : soleSelected(editor.state.getState())
    if (shape !== undefined && verticesOf(shape.geometry).length > 0) return { name: 'pickingVertices', start: event, mark: editor.mark(), id: shape.id }
  }
  switch (target.kind) {
    case 'canvas': return { name: 'pointingCanvas', start: event, mark: editor.mark() }
    case 'shape': return pressShape(editor, event, target.id)
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

function pressShape(editor: Editor, event: PointerDown, id: ShapeId): SelectState {
  const mark = editor.mark()
  const { selection } = editor.state.getState()
  const wasSelected = selection.has(id)
  if (!wasSelected) {
    editor.update({ selection: event.modifiers.shift ? new Set([...selection, id]) : new Set([id]) })
  }
  editor.update({ selectedPrediction: undefined, activeVertex: undefined })
  return { name: 'pointingShape', start: event, mark, id, wasSelected }
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
