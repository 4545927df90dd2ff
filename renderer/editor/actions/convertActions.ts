import { convertShapes } from '../../../shared/domain/draftOperationsConvert.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { convertGeometry } from '../../../shared/geometry/convert.ts'
import type { ConvertedKind } from '../../../shared/geometry/convert.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes } from '../store/queries.ts'
import { changeable } from './shapeActions.ts'

/** Makes another kind of the selected shapes, as one edit; those whose class does not allow it stay, and the person is told. */
export function convertSelection(editor: Editor, kind: ConvertedKind): boolean {
  const state = editor.state.getState()
  const ids = new Set(changeable(editor))
  const converted = new Map<ShapeId, ShapeGeometry[]>()
  for (const { id, classId, geometry } of selectedShapes(state)) {
    if (!ids.has(id) || geometry.kind === kind) continue
    const labelClass = editor.classes.get(classId)
    if (labelClass?.kinds.includes(kind)) converted.set(id, convertGeometry(geometry, kind, editor.imageSize))
    else editor.tell('editor.message.kindNotAllowed', { name: labelClass?.name ?? classId })
  }
  const diff = convertShapes(state.records, converted, editor.authorship())
  if (!editor.commit('convert', diff)) return false
  const added = Object.values(diff.added).flatMap((record) => (record.type === 'shape' ? [record.id] : []))
  editor.update({ selection: new Set([...editor.state.getState().selection, ...added]) })
  return true
}

/** Whether any selected shape could become this kind. */
export function canConvert(editor: Editor, kind: ConvertedKind): boolean {
  if (editor.readOnly) return false
  return selectedShapes(editor.state.getState()).some(({ classId, geometry }) =>
    geometry.kind !== kind && isSurface(geometry) && editor.classes.get(classId)?.kinds.includes(kind) === true)
}

function isSurface({ kind }: ShapeGeometry): boolean {
  return kind !== 'point' && kind !== 'polyline' && kind !== 'skeleton'
}
