import { abandons } from '../../input/inputEvent.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import { pointOnImage, showPoint } from './showPoint.ts'
import type { PointState } from './pointState.ts'

/** The point follows the pointer until it is let go, so that it can be placed with care. */
export const placing: StateNode<PointState, 'placing'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      finishDrawing(editor, data.labelClass, pointOnImage(editor, event.point))
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    showPoint(editor, data.labelClass.id, event.point)
    return data
  },
  cursor: () => 'crosshair',
}
