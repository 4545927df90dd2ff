import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import { insertVertex } from '../../../../shared/geometry/vertices.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf } from '../../store/queries.ts'
import type { Target } from '../../store/state.ts'
import type { Grip, SelectState } from './selectState.ts'
import { previewGeometry, removeVertex } from './vertexEdits.ts'

/** The state that pressing on a target leads to; each begins with a mark that Escape returns to. */
export function press(editor: Editor, event: PointerDown, target: Target): SelectState {
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
    removeVertex(editor, shape, ref)
    return { name: 'idle' }
  }
  editor.update({ activeVertex: { shapeId: id, ref } })
  return { name: 'draggingVertex', start: event, mark: editor.mark(), id, geometry: shape.geometry, ref, inserted: false, dragged: false }
}

function pressEdge(editor: Editor, event: PointerDown, { id, after, point }: Extract<Target, { kind: 'edge' }>): SelectState {
  const shape = shapeOf(editor.state.getState(), id)
  if (shape === undefined) return { name: 'idle' }
  const mark = editor.mark()
  const geometry = insertVertex(shape.geometry, after, point)
  const ref = { ring: after.ring, index: after.index + 1 }
  previewGeometry(editor, id, geometry)
  return { name: 'draggingVertex', start: event, mark, id, geometry, ref, inserted: true, dragged: false }
}
