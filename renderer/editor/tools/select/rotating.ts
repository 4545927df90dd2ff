import { dragRotationHandle } from '../../../../shared/geometry/handles.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'
import { commitGeometry, previewGeometry } from './vertexEdits.ts'

/** With Shift held the turn snaps to steps of this many degrees. */
const SNAP_DEGREES = 15

export const rotating: StateNode<SelectState, 'rotating'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove' && event.type !== 'pointerUp') return undefined
    const geometry = dragRotationHandle(data.geometry, event.point, event.modifiers.shift ? SNAP_DEGREES : undefined)
    if (event.type === 'pointerMove') {
      previewGeometry(editor, data.id, geometry)
      return data
    }
    commitGeometry(editor, data.id, geometry)
    return { name: 'idle' }
  },
  cursor: () => 'alias',
}
