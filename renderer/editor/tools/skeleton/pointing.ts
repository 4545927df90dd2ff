import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { abandons } from '../../input/inputEvent.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import { place } from './clicking.ts'
import type { SkeletonState } from './skeletonState.ts'

export const pointing: StateNode<SkeletonState, 'pointing'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      const { mark, labelClass, definition, start } = data
      const cursor = clampPoint(start.point, editor.imageSize)
      return place(editor, { name: 'clicking', mark, labelClass, definition, points: [], cursor }, start.modifiers.alt ? 1 : 2)
    }
    if (event.type !== 'pointerMove') return undefined
    return isDrag(data.start, event) ? { ...data, name: 'boxing' } : data
  },
  cursor: () => 'crosshair',
}
