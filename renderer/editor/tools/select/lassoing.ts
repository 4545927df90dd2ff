import { boxAround } from '../../../../shared/geometry/box.ts'
import { liesWithin } from '../../../../shared/geometry/within.ts'
import { shapeOf } from '../../store/queries.ts'
import { shapesWithin } from '../../store/targets.ts'
import { enclosing } from './enclosing.ts'
import type { SelectState } from './selectState.ts'

/** The lasso, along the way of the pointer. */
export const lassoing = enclosing<Extract<SelectState, { name: 'lassoing' }>>('crosshair', (editor, data, event) => {
  const points = [...data.points, event.point]
  const state = editor.state.getState()
  const ids = shapesWithin(editor, boxAround(points)).filter((id) => {
    const shape = shapeOf(state, id)
    return shape !== undefined && liesWithin(shape.geometry, points)
  })
  return { next: { ...data, points }, preview: { kind: 'lasso', points }, ids }
})
