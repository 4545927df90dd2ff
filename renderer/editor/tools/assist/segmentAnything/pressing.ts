import { clampPoint } from '../../../../../shared/geometry/transform.ts'
import { abandons } from '../../../input/inputEvent.ts'
import { draggedBox } from '../../box/draggedBox.ts'
import { isDrag } from '../../tool.ts'
import type { StateNode } from '../../tool.ts'
import { discard, withAnswer } from '../proposal.ts'
import { askModel, showPrompts } from './askModel.ts'
import type { PromptState } from './promptState.ts'

export const pressing: StateNode<PromptState, 'pressing'> = {
  handle(data, event, editor) {
    if (abandons(event)) return discard(editor, data)
    switch (event.type) {
      case 'proposal': return showPrompts(editor, withAnswer(editor, data, event))
      case 'pointerMove': return isDrag(data.start, event) ? showPrompts(editor, { ...data, dragged: draggedBox(data.start, event, editor.imageSize) }) : data
      case 'pointerUp': {
        if (data.dragged !== undefined) return askModel(editor, { ...data, box: data.dragged })
        const prompt = { point: clampPoint(data.start.point, editor.imageSize), subtract: data.start.modifiers.alt }
        return askModel(editor, { ...data, prompts: [...data.prompts, prompt] })
      }
      default: return undefined
    }
  },
  cursor: () => 'crosshair',
}
