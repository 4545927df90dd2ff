import { boxBetween, boxHasPoint } from '../../../../shared/geometry/box.ts'
import { verticesOf } from '../../../../shared/geometry/vertices.ts'
import type { VertexRef } from '../../../../shared/geometry/vertices.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf } from '../../store/queries.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'

/** A marquee that picks vertices of the selected shape. */
export const pickingVertices: StateNode<SelectState, 'pickingVertices'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove' && event.type !== 'pointerUp') return undefined
    const box = boxBetween(data.start.point, event.point)
    if (event.type === 'pointerMove') {
      editor.update({ preview: { kind: 'marquee', box } })
      return data
    }
    editor.update({ preview: undefined })
    const shape = shapeOf(editor.state.getState(), data.id)
    const within = shape === undefined ? [] : verticesOf(shape.geometry).filter(({ point }) => boxHasPoint(box, point))
    pickVertices(editor, data.id, within.map(({ ref }) => ref))
    return { name: 'idle' }
  },
  cursor: () => 'crosshair',
}

/** Takes vertices in hand, the first of them as the one that was taken last. */
export function pickVertices(editor: Editor, shapeId: ShapeId, [ref, ...others]: readonly VertexRef[]): void {
  editor.update({ activeVertex: ref && { shapeId, ref, others } })
}
