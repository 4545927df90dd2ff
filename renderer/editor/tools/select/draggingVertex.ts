import { isEmptyGeometry } from '../../../../shared/geometry/measure.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { moveVertex } from '../../../../shared/geometry/vertices.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'
import { commitGeometry, previewGeometry } from './vertexEdits.ts'

export const draggingVertex: StateNode<SelectState, 'draggingVertex'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove' && event.type !== 'pointerUp') return undefined
    const dragged = data.dragged || isDrag(data.start, event)
    const geometry = dragged ? moveVertex(data.geometry, data.ref, clampPoint(event.point, editor.imageSize)) : data.geometry
    if (event.type === 'pointerMove') {
      if (dragged) previewGeometry(editor, data.id, geometry)
      return { ...data, dragged }
    }
    if (dragged || data.inserted) keep(editor, data, geometry)
    return { name: 'idle' }
  },
  cursor: () => 'crosshair',
}

function keep(editor: Editor, data: Extract<SelectState, { name: 'draggingVertex' }>, geometry: typeof data.geometry): void {
  if (isEmptyGeometry(geometry) || !commitGeometry(editor, data.id, geometry)) editor.bail(data.mark)
  else editor.update({ activeVertex: { shapeId: data.id, ref: data.ref } })
}
