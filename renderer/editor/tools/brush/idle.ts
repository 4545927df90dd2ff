import { createStroke } from '../../../../shared/geometry/stroke.ts'
import { resizeBrush } from '../../actions/maskActions.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { BrushEffect } from '../../store/brushSettings.ts'
import type { Editor } from '../../store/editor.ts'
import type { StateNode } from '../tool.ts'
import type { BrushState } from './brushState.ts'
import { dabOf, paintTo } from './dabs.ts'
import { targetForErasing, targetForPainting } from './strokeTarget.ts'

export function idle(effect: BrushEffect): StateNode<BrushState, 'idle'> {
  return {
    handle(data, event, editor) {
      if (event.type === 'tune') {
        resizeBrush(editor, event.factor)
        return data
      }
      if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
      return begin(editor, data, event, event.eraser ? 'erase' : effect)
    },
    cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'none'),
  }
}

/** Shift draws straight on from where the last stroke ended. */
function begin(editor: Editor, data: Extract<BrushState, { name: 'idle' }>, event: PointerDown, effect: BrushEffect): BrushState {
  if (editor.readOnly) {
    editor.tell('editor.message.readOnly')
    return data
  }
  const target = effect === 'paint' ? targetForPainting(editor) : targetForErasing(editor, event.point)
  if (effect === 'paint' && target === undefined) return data
  const dab = dabOf(editor, event)
  const stroke = createStroke(editor.state.getState().brush.tip, editor.imageSize)
  if (event.modifiers.shift && data.last !== undefined) stroke.add({ ...dab, point: data.last })
  return paintTo(editor, { name: 'painting', effect, stroke, target, mark: editor.mark() }, dab)
}
