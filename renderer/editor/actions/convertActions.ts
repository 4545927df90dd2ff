import { convertShapes } from '../../../shared/domain/draftOperationsConvert.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { ConvertedKind } from '../../../shared/geometry/convert.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes } from '../store/queries.ts'
import { changeable } from './shapeActions.ts'

/** Makes another kind of the selected shapes, as one edit; those whose class does not allow it stay, and the person is told. */
export function convertSelection(editor: Editor, kind: ConvertedKind): void {
  const ids = new Set(changeable(editor))
  const shapes = selectedShapes(editor.state.getState()).filter(({ id, classId, geometry }) => {
    if (!ids.has(id) || geometry.kind === kind) return false
    const labelClass = editor.classes.get(classId)
    if (labelClass?.kinds.includes(kind)) return true
    editor.tell('editor.message.kindNotAllowed', { name: labelClass?.name ?? classId })
    return false
  })
  editor.work('convert', { geometries: shapes.map(({ geometry }) => geometry), to: kind, image: editor.imageSize }, shapes, (converted) => {
    const geometries = new Map(shapes.map(({ id }, index) => [id, converted[index] ?? []]))
    const diff = convertShapes(editor.state.getState().records, geometries, editor.authorship())
    if (!editor.commit('convert', diff)) return
    const added = Object.values(diff.added).flatMap((record) => (record.type === 'shape' ? [record.id] : []))
    editor.update({ selection: new Set([...editor.state.getState().selection, ...added]) })
  })
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
