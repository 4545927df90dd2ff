import { reorder, updateGeometry } from '../../../shared/domain/draftOperations.ts'
import { groupShapes, ungroupShapes } from '../../../shared/domain/draftOperationsGroups.ts'
import type { EditName } from '../../../shared/domain/draft.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import { alignmentDelta, distributionDeltas } from '../../../shared/geometry/align.ts'
import type { Alignment } from '../../../shared/geometry/align.ts'
import { boxOfBoxes } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { moveGeometry } from '../../../shared/geometry/transform.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes } from '../store/queries.ts'
import { changeable } from './shapeActions.ts'

/** Shapes that move together, and the box around them (image pixels). */
interface Unit { readonly shapes: readonly Shape[]; readonly box: Box }

/** Puts the selected shapes on one line with the box around them all; a group moves as one. */
export function alignSelection(editor: Editor, alignment: Alignment): boolean {
  const units = selectedUnits(editor)
  const frame = boxOfBoxes(units.map(({ box }) => box))
  return frame !== undefined && commitMoves(editor, 'align', units, units.map(({ box }) => alignmentDelta(box, frame, alignment)))
}

/** Leaves gaps of one width between the selected shapes; the outermost two stay, and a group moves as one. */
export function distributeSelection(editor: Editor, axis: 'across' | 'down'): boolean {
  const units = selectedUnits(editor)
  return commitMoves(editor, 'distribute', units, distributionDeltas(units.map(({ box }) => box), axis))
}

/** The number of shapes and groups that arranging would move. */
export function countUnits(editor: Editor): number {
  return unitsOf(selectedShapes(editor.state.getState())).length
}

export function groupSelection(editor: Editor): boolean {
  return editor.commit('group', groupShapes(editor.state.getState().records, changeable(editor), editor.authorship()))
}

export function ungroupSelection(editor: Editor): boolean {
  return editor.commit('ungroup', ungroupShapes(editor.state.getState().records, changeable(editor)))
}

/** Moves the selected shapes in the stack: to an end of it, or past the next shape. */
export function reorderSelection(editor: Editor, to: 'front' | 'back' | 'forward' | 'backward'): boolean {
  return editor.commit('reorder', reorder(editor.state.getState().records, changeable(editor), to))
}

function selectedUnits(editor: Editor): Unit[] {
  const ids = new Set(changeable(editor))
  return unitsOf(selectedShapes(editor.state.getState()).filter(({ id }) => ids.has(id)))
}

/** Where all are of one group, its members are arranged among each other. */
function unitsOf(shapes: readonly Shape[]): Unit[] {
  const byGroup = new Map<string, Shape[]>()
  for (const shape of shapes) byGroup.set(shape.groupId ?? shape.id, [...byGroup.get(shape.groupId ?? shape.id) ?? [], shape])
  const units = byGroup.size > 1 ? [...byGroup.values()] : shapes.map((shape) => [shape])
  return units.flatMap((members) => {
    const box = boxOfBoxes(members.map(({ geometry }) => geometryBounds(geometry)))
    return box === undefined ? [] : [{ shapes: members, box }]
  })
}

function commitMoves(editor: Editor, name: EditName, units: readonly Unit[], deltas: readonly Point[]): boolean {
  const moved = units.flatMap(({ shapes }, index) => shapes.map(({ id, geometry }): [ShapeId, ShapeGeometry] => [id, moveGeometry(geometry, deltas[index] ?? [0, 0])]))
  return editor.commit(name, updateGeometry(editor.state.getState().records, new Map(moved)))
}
