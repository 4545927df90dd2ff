import type { CopiedShapes } from '../../../shared/domain/copiedShapes.ts'
import { deleteShapes } from '../../../shared/domain/draftOperations.ts'
import type { EditName } from '../../../shared/domain/draft.ts'
import { pasteShapes } from '../../../shared/domain/draftOperationsPaste.ts'
import type { CopiedShape } from '../../../shared/domain/draftOperationsPaste.ts'
import type { ClassId } from '../../../shared/domain/ids.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import { moveGeometry } from '../../../shared/geometry/transform.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes, shapeOf } from '../store/queries.ts'
import { changeable, selectShapes } from './shapeActions.ts'

/** How far a copy is put from a shape that lies at its place, in image pixels, and how often at most. */
const STEP = 10
const MOST_STEPS = 50

/** Takes the selected shapes, so that they can be pasted here, into another task or in another window. */
export function copySelection(editor: Editor): boolean {
  const shapes = selectedShapes(editor.state.getState())
  if (shapes.length === 0) return false
  copy(editor, shapes)
  editor.tell('editor.message.copied', { name: String(shapes.length) })
  return true
}

export function cutSelection(editor: Editor): boolean {
  const ids = changeable(editor)
  const state = editor.state.getState()
  const cut = new Set(ids)
  if (ids.length === 0) return false
  copy(editor, selectedShapes(state).filter(({ id }) => cut.has(id)))
  return editor.commit('cutShape', deleteShapes(state.records, ids))
}

function copy(editor: Editor, shapes: readonly Shape[]): void {
  const classNames = new Map(shapes.map(({ classId }) => [classId, editor.classes.get(classId)?.name ?? classId]))
  const copied = shapes.map(({ classId, geometry, attributes, groupId }) => ({ classId, geometry, attributes, ...(groupId === undefined ? {} : { groupId }) }))
  editor.clipboard.write({ shapes: copied, classNames })
}

/** Adds what was copied last, at the same place unless the same lies there already, and selects it. Says so when the clipboard holds no shapes. */
export function pasteClipboard(editor: Editor): void {
  editor.clipboard.read((copied) => {
    if (copied === undefined) editor.tell('editor.message.noShapesCopied')
    else paste(editor, copied)
  })
}

function paste(editor: Editor, { shapes, classNames }: CopiedShapes): void {
  const copied = shapes.map((shape) => ({ ...shape, classId: classHere(editor, shape.classId, classNames) }))
  const [first] = copied
  if (first === undefined) return
  let steps = 0
  while (steps < MOST_STEPS && isTaken(editor, moved(first, steps * STEP))) steps += 1
  addCopies(editor, 'pasteShape', copied.map((shape) => moved(shape, steps * STEP)))
}

/** The class with the same id, or else with the same name: other workspaces number theirs in their own way. */
function classHere(editor: Editor, id: ClassId, names: ReadonlyMap<ClassId, string>): ClassId {
  if (editor.classes.has(id)) return id
  const name = names.get(id)
  return editor.schema.classes.find((labelClass) => labelClass.name === name)?.id ?? id
}

/** Takes over the shapes of another task that are not here already, as work of one's own, and selects them. */
export function takeOver(editor: Editor, shapes: readonly CopiedShape[]): boolean {
  const missing = shapes.filter((shape) => !isTaken(editor, shape))
  if (missing.length > 0) return addCopies(editor, 'pastePrevious', missing)
  editor.tell('editor.message.nothingToTake')
  return false
}

function addCopies(editor: Editor, name: EditName, copied: readonly CopiedShape[]): boolean {
  const { diff, refused } = pasteShapes(editor.state.getState().records, copied, editor, editor.authorship())
  const [classId] = refused
  if (classId !== undefined) editor.tell('editor.message.classRefused', { name: editor.classes.get(classId)?.name ?? classId })
  if (!editor.commit(name, diff)) return false
  selectShapes(editor, Object.values(diff.added).flatMap((record) => (record.type === 'shape' ? [record.id] : [])))
  return true
}

function moved(shape: CopiedShape, by: number): CopiedShape {
  return { ...shape, geometry: moveGeometry(shape.geometry, [by, by]) }
}

/** Whether a shape of the same class and kind has the same bounds. */
function isTaken(editor: Editor, { classId, geometry }: CopiedShape): boolean {
  const bounds = geometryBounds(geometry)
  const state = editor.state.getState()
  return editor.shapeIndex.search(bounds).some((id) => {
    const shape = shapeOf(state, id)
    if (shape === undefined || shape.classId !== classId || shape.geometry.kind !== geometry.kind) return false
    const { x, y, width, height } = geometryBounds(shape.geometry)
    return x === bounds.x && y === bounds.y && width === bounds.width && height === bounds.height
  })
}
