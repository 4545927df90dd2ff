import { addShape } from '../../../../shared/domain/draftOperations.ts'
import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import { maskArea, maskBounds, subtractMasks, uniteMasks } from '../../../../shared/geometry/mask.ts'
import type { Rle } from '../../../../shared/geometry/rle.ts'
import { changeMasks, sparedMasks } from '../../actions/maskActions.ts'
import type { Editor } from '../../store/editor.ts'
import type { Painting } from './brushState.ts'

/** Ends a stroke: one edit of its mask, or a new mask that is selected then, so that the next stroke extends it. */
export function finishStroke(editor: Editor, { stroke, effect, target }: Painting): void {
  editor.update({ preview: undefined })
  if (target === undefined) return
  const covered = stroke.mask()
  const spared = effect === 'paint' ? sparedMasks(editor, maskBounds(covered), target.kind === 'mask' ? target.shape.id : undefined) : []
  const painted = spared.reduce(subtractMasks, covered)
  if (target.kind === 'new') return addMask(editor, target.labelClass, painted)
  const { id, geometry } = target.shape
  if (effect === 'paint') changeMasks(editor, 'paintMask', new Map([[id, uniteMasks(geometry.rle, painted)]]))
  else changeMasks(editor, 'eraseMask', new Map([[id, subtractMasks(geometry.rle, painted)]]))
}

function addMask(editor: Editor, labelClass: LabelClass, rle: Rle): void {
  if (maskArea(rle) === 0) return
  const { diff, shape } = addShape(editor.state.getState().records, labelClass, { kind: 'mask', rle }, editor.authorship())
  if (editor.commit('paintMask', diff)) editor.update({ selection: new Set([shape.id]), selectedPrediction: undefined })
}
