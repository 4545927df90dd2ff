import { abandons } from '../../input/inputEvent.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import { cursorFor } from './cursorFor.ts'
import type { SelectState } from './selectState.ts'

export const pointingHandle: StateNode<SelectState, 'pointingHandle'> = {
  handle(data, event, editor) {
    if (abandons(event) || event.type === 'pointerUp') {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    if (!isDrag(data.start, event)) return data
    const { start, mark, id, geometry, grip } = data
    return grip.kind === 'rotate'
      ? { name: 'rotating', start, mark, id, geometry }
      : { name: 'resizing', start, mark, id, geometry, handle: grip.handle }
  },
  cursor: (_, editor) => cursorFor(editor),
}
