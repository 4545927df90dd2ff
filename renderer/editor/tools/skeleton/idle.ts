import { classForDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import type { SkeletonState } from './skeletonState.ts'

export const idle: StateNode<SkeletonState, 'idle'> = {
  handle(_, event, editor) {
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    const labelClass = classForDrawing(editor, 'skeleton')
    if (labelClass?.skeleton === undefined) return { name: 'idle' }
    return { name: 'pointing', start: event, mark: editor.mark(), labelClass, definition: labelClass.skeleton }
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
}
