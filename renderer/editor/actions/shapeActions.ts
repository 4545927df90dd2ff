import { classAllows } from '../../../shared/domain/classAllows.ts'
import { deleteShapes, duplicateShapes, relabel, setAttribute, setImageTags } from '../../../shared/domain/draftOperations.ts'
import type { AttributeId, ClassId, ShapeId, TagId } from '../../../shared/domain/ids.ts'
import type { AttributeValue } from '../../../shared/domain/labelSchema.ts'
import type { Editor } from '../store/editor.ts'
import { editableSelection, selectedShapes, toggled } from '../store/queries.ts'
import { placeInStack } from '../store/stack.ts'

/** How far copies are put from their originals, in image pixels. */
const DUPLICATE_OFFSET = 10

/** Selects shapes and nothing else; predictions too are let go. */
export function selectShapes(editor: Editor, ids: Iterable<ShapeId>): void {
  editor.update({ selection: new Set(ids), selectedPrediction: undefined, activeVertex: undefined })
}

export function deleteSelection(editor: Editor): boolean {
  return editor.commit('deleteShape', deleteShapes(editor.state.getState().records, changeable(editor)))
}

/** Copies the selection and selects the copies. */
export function duplicateSelection(editor: Editor): boolean {
  const state = editor.state.getState()
  const diff = duplicateShapes(state.records, [...state.selection], DUPLICATE_OFFSET, editor.imageSize, editor.authorship())
  const copies = Object.values(diff.added).flatMap((record) => (record.type === 'shape' ? [record.id] : []))
  if (!editor.commit('duplicateShape', diff)) return false
  selectShapes(editor, copies)
  return true
}

/** Puts the selected shapes into a class; those whose kind it does not allow stay, and the person is told. */
export function relabelSelection(editor: Editor, classId: ClassId): boolean {
  const labelClass = editor.classes.get(classId)
  if (labelClass === undefined) return false
  const state = editor.state.getState()
  const ids = new Set(changeable(editor))
  const shapes = selectedShapes(state).filter((shape) => ids.has(shape.id))
  const fitting = shapes.filter((shape) => classAllows(labelClass, shape.geometry))
  if (fitting.length < shapes.length) editor.tell('editor.message.kindNotAllowed', { name: labelClass.name })
  return editor.commit('relabel', relabel(state.records, fitting.map((shape) => shape.id), labelClass))
}

/** Sets an attribute of the selected shapes; undefined takes it away. */
export function setSelectionAttribute(editor: Editor, attribute: AttributeId, value: AttributeValue | undefined): boolean {
  const state = editor.state.getState()
  return editor.commit('setAttribute', setAttribute(state.records, changeable(editor), attribute, value))
}

export function changeImageTags(editor: Editor, tags: readonly TagId[]): boolean {
  return editor.commit('setImageTags', setImageTags(editor.state.getState().records, tags))
}

/** Hides shapes, or shows them when all of them are hidden. Hidden shapes cannot stay selected. */
export function toggleHidden(editor: Editor, ids: readonly ShapeId[]): void {
  const { hidden, selection } = editor.state.getState()
  const next = toggled(hidden, ids)
  editor.update({ hidden: next, selection: new Set([...selection].filter((id) => !next.has(id))), activeVertex: undefined })
}

/** Locks shapes against gestures and deletion, or unlocks them when all of them are locked. */
export function toggleLocked(editor: Editor, ids: readonly ShapeId[]): void {
  editor.update({ locked: toggled(editor.state.getState().locked, ids), activeVertex: undefined })
}

/** Selects the shape after or before the selected one in the stack, round and round. */
export function stepSelection(editor: Editor, step: 1 | -1): void {
  const { shapes } = editor.state.getState()
  if (shapes.length === 0) return
  const [first] = selectedShapes(editor.state.getState())
  const at = first === undefined ? -1 : placeInStack(shapes, first)
  const from = at === -1 && step === -1 ? 0 : at
  const next = shapes[(from + step + shapes.length) % shapes.length]
  if (next !== undefined) selectShapes(editor, [next.id])
}

/** The selected shapes that may be changed; says so when all of them are locked. */
export function changeable(editor: Editor): ShapeId[] {
  const state = editor.state.getState()
  const ids = editableSelection(state)
  if (ids.length === 0 && state.selection.size > 0) editor.tell('editor.message.locked')
  return ids
}
