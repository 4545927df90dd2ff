import { compareInStack } from '../../../shared/domain/draftOperations.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { ProposedShape } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { EditorState } from './state.ts'

/** A shape by its id; undefined when the draft has none such. */
export function shapeOf(state: EditorState, id: ShapeId): Shape | undefined {
  const record = state.records.get(id)
  return record?.type === 'shape' ? record : undefined
}

/** The geometry that is shown: that of the gesture under way, if it changes this shape. */
export function shownGeometry(state: EditorState, shape: Shape): ShapeGeometry {
  return state.preview?.kind === 'changing' ? state.preview.geometries.get(shape.id) ?? shape.geometry : shape.geometry
}

/** The shapes that the gesture under way shows itself, in place of how they are at rest. */
export function shapesInHand({ preview }: EditorState): readonly ShapeId[] {
  if (preview?.kind === 'changing') return [...preview.geometries.keys()]
  return preview?.kind === 'stroke' && preview.target !== undefined ? [preview.target] : []
}

export function isVisible(state: EditorState, id: ShapeId): boolean {
  return !state.allHidden && !state.hidden.has(id)
}

/** Whether every shape is visible. */
export function hidesNothing(state: EditorState): boolean {
  return !state.allHidden && state.hidden.size === 0
}

/** Whether gestures on the canvas may take hold of a shape. */
export function isReachable(state: EditorState, id: ShapeId): boolean {
  return isVisible(state, id) && !state.locked.has(id)
}

const selected = new WeakMap<EditorState['selection'], { readonly records: EditorState['records']; readonly shapes: readonly Shape[] }>()

/** The selected shapes from the bottom of the stack to its top; the same array until selection or records change. */
export function selectedShapes(state: EditorState): readonly Shape[] {
  const { selection, records } = state
  const known = selected.get(selection)
  if (known?.records === records) return known.shapes
  const shapes = [...selection].flatMap((id) => shapeOf(state, id) ?? []).sort(compareInStack)
  selected.set(selection, { records, shapes })
  return shapes
}

/** Shapes with all that are in a group with them and can be reached. */
export function withGroups(state: EditorState, ids: Iterable<ShapeId>): ReadonlySet<ShapeId> {
  const chosen = new Set(ids)
  const groups = new Set([...chosen].flatMap((id) => shapeOf(state, id)?.groupId ?? []))
  if (groups.size === 0) return chosen
  for (const { id, groupId } of state.shapes) if (groupId !== undefined && groups.has(groupId) && isReachable(state, id)) chosen.add(id)
  return chosen
}

/** A set of shapes with others taken in, or taken out when all of them were in it. */
export function toggled(current: ReadonlySet<ShapeId>, ids: readonly ShapeId[]): ReadonlySet<ShapeId> {
  const next = new Set(current)
  const all = ids.every((id) => current.has(id))
  for (const id of ids) {
    if (all) next.delete(id)
    else next.add(id)
  }
  return next
}

/** The ids of the selected shapes that are not locked. */
export function editableSelection(state: EditorState): ShapeId[] {
  return [...state.selection].filter((id) => !state.locked.has(id))
}

/** The one selected shape, if it alone is selected and can be reached. */
export function soleSelected(state: EditorState): Shape | undefined {
  const [id] = state.selection
  return id !== undefined && state.selection.size === 1 && isReachable(state, id) ? shapeOf(state, id) : undefined
}

export function selectedProposal(state: EditorState): ProposedShape | undefined {
  return state.pending.find(({ shape }) => shape.id === state.selectedPrediction)
}
