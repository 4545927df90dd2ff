import type { LabelClass } from '../../../shared/domain/labelSchema.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import { addShape } from '../../../shared/domain/draftOperations.ts'
import { isEmptyGeometry } from '../../../shared/geometry/measure.ts'
import type { Editor } from '../store/editor.ts'

/**
 * The class for a new shape: the active one if it may have one of these kinds of shape, else the one used last that may. Says so
 * when it switches; undefined, and says so, when no class may or the task is read-only.
 */
export function classForDrawing(editor: Editor, ...kinds: ShapeGeometry['kind'][]): LabelClass | undefined {
  if (editor.readOnly) {
    editor.tell('editor.message.readOnly')
    return undefined
  }
  const { activeClassId, shapes } = editor.state.getState()
  const active = editor.classes.get(activeClassId)
  const fits = (candidate: LabelClass | undefined) => candidate?.kinds.some((kind) => kinds.includes(kind)) === true
  if (active !== undefined && fits(active)) return active
  const last = newest(shapes.filter((shape) => fits(editor.classes.get(shape.classId))))
  const fitting = last === undefined ? editor.schema.classes.find(fits) : editor.classes.get(last.classId)
  if (fitting === undefined) {
    editor.tell('editor.message.noClassForTool')
    return undefined
  }
  editor.update({ activeClassId: fitting.id })
  editor.tell('editor.message.classSwitched', { name: fitting.name })
  return fitting
}

function newest(shapes: readonly Shape[]): Shape | undefined {
  let last: Shape | undefined
  for (const shape of shapes) if (last === undefined || shape.createdAt > last.createdAt) last = shape
  return last
}

/** Ends a drawing gesture: adds the shape, unless it marks nothing, and selects it. */
export function finishDrawing(editor: Editor, labelClass: LabelClass, geometry: ShapeGeometry): void {
  editor.update({ preview: undefined })
  if (isEmptyGeometry(geometry)) return
  const { diff, shape } = addShape(editor.state.getState().records, labelClass, geometry, editor.authorship())
  if (editor.commit('addShape', diff)) editor.update({ selection: new Set([shape.id]) })
}
