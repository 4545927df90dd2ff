import type { StateNode } from '../../tool.ts'
import { decision } from '../proposal.ts'
import { finishWire, withWay } from './wire.ts'
import type { WireState } from './wireState.ts'

export const finishing: StateNode<WireState, 'finishing'> = {
  handle(data, event, editor) {
    if (event.type === 'proposal') return finishWire(editor, { ...data, segments: withWay(data.segments, event.id, event.answer) })
    const decided = decision(event)
    if (decided === 'discard' || decided === 'back') {
      editor.stopAsking()
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    return event.type === 'pointerDown' || event.type === 'pointerMove' || event.type === 'pointerUp' || decided === 'accept' ? data : undefined
  },
  cursor: () => 'default',
}
