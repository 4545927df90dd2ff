import { abandons } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
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
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    const moving = isDrag(data.start, event) ? movingSelection(editor) : undefined
    if (moving === undefined) return data
    showMoved(editor, moving, data.start, event)
    return { name: 'translating', start: data.start, mark: data.mark, moving }
  },
  cursor: () => 'move',
}

/** A click on a shape that was selected already: Shift takes it out, a plain click leaves it alone selected. */
function settleSelection(editor: Editor, data: Extract<SelectState, { name: 'pointingShape' }>): void {
  const others = [...editor.state.getState().selection].filter((id) => id !== data.id)
  editor.update({ selection: new Set(data.start.modifiers.shift ? others : [data.id]) })
}
