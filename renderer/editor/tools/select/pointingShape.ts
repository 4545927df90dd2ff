import { abandons } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { withGroups } from '../../store/queries.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import { movingSelection, showMoved } from './moving.ts'
import type { SelectState } from './selectState.ts'

export const pointingShape: StateNode<SelectState, 'pointingShape'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      if (data.wasSelected) settleSelection(editor, data)
      return { name: 'idle', clicked: data.start.screen }
    }
    if (event.type !== 'pointerMove') return undefined
    const moving = isDrag(data.start, event) ? movingSelection(editor) : undefined
    if (moving === undefined) return data
    showMoved(editor, moving, data.start, event)
    return { name: 'translating', start: data.start, mark: data.mark, moving }
  },
  cursor: () => 'move',
}

/** A click on what was selected already: Shift takes it out, another click at the same place goes on to the next, else it alone stays selected. */
function settleSelection(editor: Editor, { start, members, next }: Extract<SelectState, { name: 'pointingShape' }>): void {
  const state = editor.state.getState()
  if (start.modifiers.shift) editor.update({ selection: new Set([...state.selection].filter((id) => !members.has(id))) })
  else editor.update({ selection: next === undefined ? members : withGroups(state, [next]) })
}
