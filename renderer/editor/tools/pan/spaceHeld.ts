import type { StateNode } from '../tool.ts'
import { navigate } from './navigate.ts'
import type { PanState } from './panState.ts'

export const spaceHeld: StateNode<PanState, 'spaceHeld'> = {
  handle(data, event, editor) {
    if (navigate(editor, event)) return data
    if (event.type === 'blur' || (event.type === 'keyUp' && event.key === ' ')) return { name: 'idle' }
    if (event.type === 'keyDown' && event.key === ' ') return data
    if (event.type !== 'pointerDown' || event.button === 'secondary') return undefined
    return { name: 'panning', from: event.screen, camera: editor.state.getState().camera, spaceHeld: true }
  },
  cursor: () => 'grab',
}
