import { abandons } from '../../input/inputEvent.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import { draggedBox } from './draggedBox.ts'
import type { BoxKind, BoxState } from './boxState.ts'

export function pointing({ byClicks }: BoxKind): StateNode<BoxState, 'pointing'> {
  return {
    handle(data, event, editor) {
      if (event.type === 'pointerUp' && byClicks !== undefined) return byClicks(data, editor)
      if (abandons(event) || event.type === 'pointerUp') {
        editor.bail(data.mark)
        return { name: 'idle' }
      }
      if (event.type !== 'pointerMove') return undefined
      return isDrag(data.start, event) ? { ...data, name: 'drawing', box: draggedBox(data.start, event, editor.imageSize) } : data
    },
    cursor: () => 'crosshair',
  }
}
