import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { nearestPlace, redrawn } from '../../../../shared/geometry/borders.ts'
import { isEmptyGeometry } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { cutHole, splitShapes } from '../../actions/polygonActions.ts'
import type { Editor } from '../../store/editor.ts'
import { finishDrawing } from '../drawingClass.ts'
import { commitGeometry } from '../select/vertexEdits.ts'
import type { PathDrawing, PathPurpose } from './pathState.ts'

type Path = Pick<PathDrawing, 'points' | 'cursor' | 'closing' | 'longWay'>

/** Makes of a path what it was drawn for. False when it cannot be yet: the path stays under way. */
export function fulfil(editor: Editor, purpose: PathPurpose, path: Path, closed: boolean): boolean {
  const points = [...path.points]
  if (purpose.kind === 'redraw') {
    const geometry = redrawnGeometry(purpose, path)
    if (geometry === undefined) {
      editor.tell('editor.message.endOnOutline')
      return false
    }
    editor.update({ preview: undefined })
    if (!isEmptyGeometry(geometry)) commitGeometry(editor, purpose.shape.id, geometry)
    return true
  }
  editor.update({ preview: undefined })
  switch (purpose.kind) {
    case 'shape': finishDrawing(editor, purpose.labelClass, closed ? { kind: 'polygon', rings: [points] } : { kind: 'polyline', points }); break
    case 'continue': commitGeometry(editor, purpose.shape.id, { kind: 'polyline', points: purpose.backwards ? points.toReversed() : points }); break
    case 'hole': cutHole(editor, purpose.shape, points); break
    case 'cut': splitShapes(editor, points); break
    default: assertNever(purpose, 'purpose of a path')
  }
  return true
}

/** The shape with the part of its outline replaced that the path leads around; undefined while the path does not end on the outline. */
export function redrawnGeometry(purpose: Extract<PathPurpose, { kind: 'redraw' }>, { points, cursor, closing, longWay }: Path): ShapeGeometry | undefined {
  const { shape: { geometry }, border, from, ring } = purpose
  const path = closing ? points : points.slice(0, -1)
  const end: Point | undefined = closing ? cursor : points.at(-1)
  const to = end && nearestPlace(border, end, 1e-6)
  if (to === undefined || (closing ? points.length < 1 : points.length < 2)) return undefined
  const changed = redrawn(border, from, to, path.slice(1), longWay)
  if (geometry.kind === 'polyline') return changed.length < 2 ? undefined : { ...geometry, points: changed }
  if (geometry.kind !== 'polygon' || changed.length < 3) return undefined
  return { ...geometry, rings: geometry.rings.with(ring, changed) }
}
