import type { StateNode } from '../../tool.ts'
import { classForProposal } from '../proposal.ts'
import type { PromptState } from './promptState.ts'

export const idle: StateNode<PromptState, 'idle'> = {
  handle(_, event, editor) {
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    const labelClass = classForProposal(editor)
    if (labelClass === undefined) return { name: 'idle' }
    return { name: 'pressing', start: event, dragged: undefined, prompts: [], box: undefined, labelClass, mark: editor.mark(), region: undefined, since: Infinity }
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
}
