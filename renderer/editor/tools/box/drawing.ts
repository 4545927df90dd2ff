import { abandons } from '../../input/inputEvent.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import { draggedBox } from './draggedBox.ts'
import type { BoxKind, BoxState } from './boxState.ts'

export function drawing({ fromBox }: BoxKind): StateNode<BoxState, 'drawing'> {
  return {
    handle(data, event, editor) {
      if (abandons(event)) {
        editor.bail(data.mark)
        return { name: 'idle' }
      }
      if (event.type === 'pointerUp') {
        finishDrawing(editor, data.labelClass, fromBox(draggedBox(data.start, event, editor.imageSize)))
        return { name: 'idle' }
      }
      if (event.type !== 'pointerMove') return undefined
      const box = draggedBox(data.start, event, editor.imageSize)
      editor.update({ preview: { kind: 'drawing', classId: data.labelClass.id, geometry: fromBox(box) } })
      return { ...data, box }
    },
    cursor: () => 'crosshair',
  }
}
