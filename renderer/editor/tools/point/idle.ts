import { classForDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import { showPoint } from './showPoint.ts'
import type { PointState } from './pointState.ts'

export const idle: StateNode<PointState, 'idle'> = {
  handle(_, event, editor) {
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    const labelClass = classForDrawing(editor, 'point')
    if (labelClass === undefined) return { name: 'idle' }
    showPoint(editor, labelClass.id, event.point)
    return { name: 'placing', mark: editor.mark(), labelClass }
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
}
