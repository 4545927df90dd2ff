import { abandons } from '../../input/inputEvent.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'

export const pointingCanvas: StateNode<SelectState, 'pointingCanvas'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      if (!data.start.modifiers.shift) editor.update({ selection: new Set() })
      editor.update({ selectedPrediction: undefined, activeVertex: undefined })
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    return isDrag(data.start, event) ? { ...data, name: 'brushing' } : data
  },
  cursor: () => 'default',
}
