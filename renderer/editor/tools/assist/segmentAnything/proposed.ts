import type { StateNode } from '../../tool.ts'
import { accept, decision, discard, withAnswer } from '../proposal.ts'
import { askModel, showPrompts } from './askModel.ts'
import type { PromptState } from './promptState.ts'

export const proposed: StateNode<PromptState, 'proposed'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'proposal': return showPrompts(editor, withAnswer(editor, data, event))
      case 'pointerMove':
      case 'pointerUp': return data
      case 'pointerDown': return event.button === 'primary' ? { ...data, name: 'pressing', start: event, dragged: undefined } : undefined
      default:
    }
    switch (decision(event)) {
      case 'accept': return accept(editor, data) ? { name: 'idle' } : data
      // The points go first, the newest one before the others, and the box last.
      case 'back': return askModel(editor, data.prompts.length > 0 ? { ...data, prompts: data.prompts.slice(0, -1) } : { ...data, box: undefined })
      case 'discard': return discard(editor, data)
      case undefined:
      default: return undefined
    }
  },
  cursor: () => 'crosshair',
}
