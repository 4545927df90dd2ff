import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { dragResizeHandle } from '../../../../shared/geometry/handles.ts'
import { isEmptyGeometry } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { Modifiers } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import type { StateNode } from '../tool.ts'
import { cursorFor } from './cursorFor.ts'
import type { SelectState } from './selectState.ts'
import { commitGeometry, previewGeometry } from './vertexEdits.ts'

export const resizing: StateNode<SelectState, 'resizing'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      const geometry = resized(data, event, editor)
      // A shape squeezed to nothing would be lost to sight, so it stays as it was.
      if (isEmptyGeometry(geometry) || !commitGeometry(editor, data.id, geometry)) editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    previewGeometry(editor, data.id, resized(data, event, editor))
    return data
  },
  cursor: (_, editor) => cursorFor(editor),
}

function resized(
  data: Extract<SelectState, { name: 'resizing' }>, now: { readonly point: Point; readonly modifiers: Modifiers }, editor: Editor,
): ShapeGeometry {
  return dragResizeHandle(data.geometry, data.handle, clampPoint(now.point, editor.imageSize), now.modifiers.shift)
}
