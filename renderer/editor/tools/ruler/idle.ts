import { abandons } from '../../input/inputEvent.ts'
import type { StateNode } from '../tool.ts'
import type { RulerState } from './rulerState.ts'

export const idle: StateNode<RulerState, 'idle'> = {
  handle(data, event, editor) {
    if (event.type === 'pointerDown' && event.button === 'primary') return { name: 'measuring', start: event }
    if (!abandons(event) || editor.state.getState().measurement === undefined) return undefined
    editor.update({ measurement: undefined })
    return data
  },
  cursor: () => 'crosshair',
}
