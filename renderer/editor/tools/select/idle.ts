import { toggleOccluded } from '../../actions/keypointActions.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf } from '../../store/queries.ts'
import { edgeAt, targetAt } from '../../store/targets.ts'
import type { Target } from '../../store/state.ts'
import type { InputEvent, PointerDown } from '../../input/inputEvent.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import { cursorFor } from './cursorFor.ts'
import { nudgeFrom } from './nudge.ts'
import { press } from './press.ts'
import type { SelectState } from './selectState.ts'
import { insertVertexAt, removeVertices } from './vertexEdits.ts'

export const idle: StateNode<SelectState, 'idle'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'pointerMove':
        hover(editor, targetFor(editor, event))
        return data
      case 'pointerDown': return event.button === 'primary' ? press(editor, event, targetFor(editor, event), isAgain(data, event)) : pressSecondary(editor, event)
      case 'doubleClick': {
        const edge = edgeAt(editor, event.point, event.coarse, 'insert')
        if (edge === undefined || targetAt(editor, event.point, event.coarse).kind === 'vertex') return undefined
        insertVertexAt(editor, edge)
        return data
      }
      case 'keyDown': return handleKey(editor, event)
      default: return undefined
    }
  },
  cursor: (_, editor) => cursorFor(editor),
}

/** Whether a plain press is at the place of the click before. */
function isAgain({ clicked }: Extract<SelectState, { name: 'idle' }>, event: PointerDown): boolean {
  const { shift, alt, mod } = event.modifiers
  return clicked !== undefined && !isDrag({ screen: clicked }, event) && !shift && !alt && !mod
}

/** The other button takes a vertex away. */
function pressSecondary(editor: Editor, event: PointerDown): SelectState | undefined {
  const target = event.button === 'secondary' ? targetAt(editor, event.point, event.coarse) : undefined
  const shape = target?.kind === 'vertex' ? shapeOf(editor.state.getState(), target.id) : undefined
  if (target?.kind !== 'vertex' || shape === undefined) return undefined
  removeVertices(editor, shape, [target.ref])
  return { name: 'idle' }
}

/** With Alt held, an edge of the selected shape can be pressed anywhere for a vertex; with Control it is dragged as a whole. */
function targetFor(editor: Editor, event: PointerDown | Extract<InputEvent, { type: 'pointerMove' }>): Target {
  const target = targetAt(editor, event.point, event.coarse)
  if ((!event.modifiers.alt && !event.modifiers.mod) || target.kind === 'vertex') return target
  return edgeAt(editor, event.point, event.coarse, event.modifiers.alt ? 'insert' : 'drag') ?? target
}

function hover(editor: Editor, target: Target): void {
  const before = editor.state.getState().hover
  if (JSON.stringify(before) !== JSON.stringify(target)) editor.update({ hover: target })
}

function handleKey(editor: Editor, event: Extract<InputEvent, { type: 'keyDown' }>): SelectState | undefined {
  const { activeVertex, selection, selectedPrediction } = editor.state.getState()
  switch (event.key) {
    case 'Escape':
      if (selection.size === 0 && selectedPrediction === undefined) return undefined
      editor.update({ selection: new Set(), selectedPrediction: undefined, activeVertex: undefined })
      return { name: 'idle' }
    case 'Delete':
    case 'Backspace': {
      const shape = activeVertex && shapeOf(editor.state.getState(), activeVertex.shapeId)
      if (shape === undefined || activeVertex === undefined) return undefined
      removeVertices(editor, shape, [activeVertex.ref, ...activeVertex.others])
      return { name: 'idle' }
    }
    case 'o':
    case 'O': return !event.modifiers.mod && toggleOccluded(editor) ? { name: 'idle' } : undefined
    default: return nudgeFrom(editor, event)
  }
}
