import { classForDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import type { BoxKind, BoxState } from './boxState.ts'

export function idle({ kind }: BoxKind): StateNode<BoxState, 'idle'> {
  return {
    handle(_, event, editor) {
      if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
      const labelClass = classForDrawing(editor, kind)
      return labelClass === undefined ? { name: 'idle' } : { name: 'pointing', start: event, mark: editor.mark(), labelClass }
    },
    cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
  }
}
