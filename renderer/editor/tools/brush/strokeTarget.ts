import type { Point } from '../../../../shared/geometry/point.ts'
import { maskArea, maskHasPoint } from '../../../../shared/geometry/mask.ts'
import { isPaintable, selectedMask } from '../../actions/maskActions.ts'
import type { MaskShape } from '../../actions/maskActions.ts'
import type { Editor } from '../../store/editor.ts'
import { isReachable, shapeOf } from '../../store/queries.ts'
import { classForDrawing } from '../drawingClass.ts'
import type { StrokeTarget } from './brushState.ts'

/** Painting extends the selected mask of the active class, or begins a new one; undefined, and says so, where no class may have masks. */
export function targetForPainting(editor: Editor): StrokeTarget | undefined {
  const labelClass = classForDrawing(editor, 'mask')
  if (labelClass === undefined) return undefined
  const shape = selectedMask(editor)
  return shape?.classId === labelClass.id ? { kind: 'mask', shape } : { kind: 'new', labelClass }
}

/** Erasing takes from the selected mask, or from the one under a place (image pixels). */
export function targetForErasing(editor: Editor, point: Point): StrokeTarget | undefined {
  const shape = selectedMask(editor) ?? maskUnder(editor, point)
  return shape && { kind: 'mask', shape }
}

/** The smallest mask wins, as with the select tool. */
function maskUnder(editor: Editor, point: Point): MaskShape | undefined {
  const state = editor.state.getState()
  const [x, y] = point
  return editor.shapeIndex.search({ x, y, width: 0, height: 0 })
    .flatMap((id) => {
      const shape = isReachable(state, id) ? shapeOf(state, id) : undefined
      return isPaintable(editor, shape) && maskHasPoint(shape.geometry.rle, point) ? [shape] : []
    })
    .sort((a, b) => maskArea(a.geometry.rle) - maskArea(b.geometry.rle) || b.order - a.order)[0]
}
