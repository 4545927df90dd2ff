import { resizeBrush } from '../../actions/maskActions.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { StateNode } from '../tool.ts'
import type { BrushState } from './brushState.ts'
import { dabOf, paintTo } from './dabs.ts'
import { finishStroke } from './finishStroke.ts'

export const painting: StateNode<BrushState, 'painting'> = {
  handle(data, event, editor) {
    const last = data.stroke.dabs.at(-1)?.point
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle', last: undefined }
    }
    switch (event.type) {
      case 'pointerMove': return paintTo(editor, data, dabOf(editor, event))
      case 'pointerUp':
        finishStroke(editor, data)
        return { name: 'idle', last }
      case 'tune':
        resizeBrush(editor, event.factor)
        return data
      case 'pointerDown': return data
      default: return undefined
    }
  },
  cursor: () => 'none',
}
