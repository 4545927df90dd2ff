import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { boxAround } from '../../../../shared/geometry/box.ts'
import { isEmptyGeometry } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampMove, clampPoint } from '../../../../shared/geometry/transform.ts'
import { subtractPoints } from '../../../../shared/geometry/vector.ts'
import { hasVertex, moveVertex, moveVertices, slidePlace, verticesOf } from '../../../../shared/geometry/vertices.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { magnetAt } from '../magnet.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'
import { commitGeometry, previewGeometry } from './vertexEdits.ts'

type Dragging = Extract<SelectState, { name: 'draggingVertex' }>

export const draggingVertex: StateNode<SelectState, 'draggingVertex'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove' && event.type !== 'pointerUp') return undefined
    const dragged = data.dragged || isDrag(data.start, event)
    const geometry = dragged ? reshaped(data, event, editor) : data.geometry
    if (event.type === 'pointerMove') {
      if (dragged) previewGeometry(editor, data.id, geometry)
      return { ...data, dragged }
    }
    if (dragged || data.inserted) keep(editor, data, geometry)
    return { name: 'idle' }
  },
  cursor: (data) => (data.others.length > 0 ? 'move' : 'crosshair'),
}

/** The vertex at the pointer, drawn to borders near it if so set; or slid along its edges; or moved together with the others. */
function reshaped(data: Dragging, event: { readonly point: Point; readonly coarse: boolean }, editor: Editor): ShapeGeometry {
  const { geometry, ref, others } = data
  if (others.length > 0) {
    const refs = [ref, ...others]
    const bounds = boxAround(verticesOf(geometry).filter((vertex) => hasVertex(refs, vertex.ref)).map(({ point }) => point))
    return moveVertices(geometry, refs, clampMove(bounds, subtractPoints(event.point, data.start.point), editor.imageSize))
  }
  const free = clampPoint(event.point, editor.imageSize)
  if (data.sliding) return moveVertex(geometry, ref, slidePlace(geometry, ref, free))
  const magnet = editor.state.getState().magnetic ? magnetAt(editor, free, event.coarse, data.id) : undefined
  return moveVertex(geometry, ref, magnet?.place.point ?? free)
}

function keep(editor: Editor, data: Dragging, geometry: ShapeGeometry): void {
  if (isEmptyGeometry(geometry) || !commitGeometry(editor, data.id, geometry)) editor.bail(data.mark)
  else editor.update({ activeVertex: { shapeId: data.id, ref: data.ref, others: data.others } })
}
