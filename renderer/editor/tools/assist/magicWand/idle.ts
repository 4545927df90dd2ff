import type { StateNode } from '../../tool.ts'
import { classForProposal } from '../proposal.ts'
import { press } from './seeds.ts'
import { stepTolerance } from './tolerance.ts'
import type { WandState } from './wandState.ts'

export const idle: StateNode<WandState, 'idle'> = {
  handle(_, event, editor) {
    if (event.type === 'keyDown' && stepTolerance(editor, event.key)) return { name: 'idle' }
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    const labelClass = classForProposal(editor)
    if (labelClass === undefined) return { name: 'idle' }
    return press(editor, event, { seeds: [], view: { x: 0, y: 0, width: 0, height: 0 }, mark: editor.mark(), labelClass, since: undefined, region: undefined })
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
}
