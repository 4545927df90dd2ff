import { updateGeometry } from '../../../../shared/domain/draftOperations.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { deleteVertices, insertVertex } from '../../../../shared/geometry/vertices.ts'
import type { VertexRef } from '../../../../shared/geometry/vertices.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf } from '../../store/queries.ts'
import type { Target } from '../../store/state.ts'

/** Keeps a new geometry for one shape as one edit. */
export function commitGeometry(editor: Editor, id: ShapeId, geometry: ShapeGeometry): boolean {
  return editor.commit('reshape', updateGeometry(editor.state.getState().records, new Map([[id, geometry]])))
}

export function previewGeometry(editor: Editor, id: ShapeId, geometry: ShapeGeometry): void {
  editor.update({ preview: { kind: 'changing', geometries: new Map([[id, geometry]]) } })
}

/** Takes vertices away; the last ones that a shape needs stay. */
export function removeVertices(editor: Editor, shape: Shape, refs: readonly VertexRef[]): void {
  const geometry = deleteVertices(shape.geometry, refs)
  if (geometry === undefined) editor.tell('editor.message.vertexNeeded')
  else if (commitGeometry(editor, shape.id, geometry)) editor.update({ activeVertex: undefined })
}

export function insertVertexAt(editor: Editor, edge: Extract<Target, { kind: 'edge' }>): void {
  const shape = shapeOf(editor.state.getState(), edge.id)
  if (shape !== undefined) commitGeometry(editor, edge.id, insertVertex(shape.geometry, edge.after, edge.point))
}
