import { skeletonInBox } from '../../../../shared/domain/skeletonLayout.ts'
import { abandons } from '../../input/inputEvent.ts'
import { draggedBox } from '../box/draggedBox.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import type { SkeletonState } from './skeletonState.ts'

export const boxing: StateNode<SkeletonState, 'boxing'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove' && event.type !== 'pointerUp') return undefined
    const geometry = skeletonInBox(data.definition, draggedBox(data.start, event, editor.imageSize))
    if (event.type === 'pointerMove') {
      editor.update({ preview: { kind: 'drawing', classId: data.labelClass.id, geometry } })
      return data
    }
    // A layout hardly ever fits as it is: its keypoints are dragged next. Changing the tool gives up the gesture, so that comes first.
    editor.setTool('select')
    finishDrawing(editor, data.labelClass, geometry)
    return { name: 'idle' }
  },
  cursor: () => 'crosshair',
}
