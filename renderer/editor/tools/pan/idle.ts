import type { StateNode } from '../tool.ts'
import { navigate } from './navigate.ts'
import type { PanState } from './panState.ts'

export const idle: StateNode<PanState, 'idle'> = {
  handle(data, event, editor) {
    if (navigate(editor, event)) return data
    if (event.type === 'keyDown' && event.key === ' ' && !event.modifiers.mod) return { name: 'spaceHeld' }
    if (event.type !== 'pointerDown' || event.button !== 'middle') return undefined
    return { name: 'panning', from: event.screen, camera: editor.state.getState().camera, spaceHeld: false }
  },
  cursor: () => 'default',
}
