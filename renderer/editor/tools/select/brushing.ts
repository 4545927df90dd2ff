import { boxBetween } from '../../../../shared/geometry/box.ts'
import { shapesWithin } from '../../store/targets.ts'
import { enclosing } from './enclosing.ts'
import type { SelectState } from './selectState.ts'

/** The marquee. */
export const brushing = enclosing<Extract<SelectState, { name: 'brushing' }>>('default', (editor, data, event) => {
  const box = boxBetween(data.start.point, event.point)
  return { next: data, preview: { kind: 'marquee', box }, ids: shapesWithin(editor, box) }
})
