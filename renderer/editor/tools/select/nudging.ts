import type { StateNode } from '../tool.ts'
import { commitMove } from './moving.ts'
import { isArrow, nudgeDelta, nudgeOn } from './nudge.ts'
import type { SelectState } from './selectState.ts'

/** Arrow keys move the selection; letting go keeps it as one edit, however often the key repeated. */
export const nudging: StateNode<SelectState, 'nudging'> = {
  handle(data, event, editor) {
    if (event.type === 'keyDown') {
      if (event.key === 'Escape') {
        editor.bail(data.mark)
        return { name: 'idle' }
      }
      const delta = nudgeDelta(editor, event)
      return delta === undefined ? undefined : nudgeOn(editor, data, delta)
    }
    const done = event.type === 'blur' || event.type === 'cancel' || event.type === 'stepBack' || event.type === 'pointerDown'
      || (event.type === 'keyUp' && isArrow(event.key))
    if (!done) return undefined
    commitMove(editor, data.moving, data.delta)
    return { name: 'idle' }
  },
  cursor: () => 'default',
}
