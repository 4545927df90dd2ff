import type { StateNode } from '../../tool.ts'
import { classForProposal } from '../proposal.ts'
import type { CutState } from './cutState.ts'

export const idle: StateNode<CutState, 'idle'> = {
  handle(_, event, editor) {
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    const labelClass = classForProposal(editor)
    return labelClass === undefined ? { name: 'idle' } : { name: 'boxing', start: event, mark: editor.mark(), labelClass }
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
}
