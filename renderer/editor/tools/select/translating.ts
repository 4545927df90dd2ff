import { abandons } from '../../input/inputEvent.ts'
import type { StateNode } from '../tool.ts'
import { commitMove, dragDelta, showMoved } from './moving.ts'
import type { SelectState } from './selectState.ts'

export const translating: StateNode<SelectState, 'translating'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      commitMove(editor, data.moving, dragDelta(data.start, event))
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    showMoved(editor, data.moving, data.start, event)
    return data
  },
  cursor: () => 'move',
}
