import { abandons } from '../../input/inputEvent.ts'
import { toggled, withGroups } from '../../store/queries.ts'
import { shapesAt } from '../../store/targets.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'

/** Pressed with Control held: a drag draws a lasso, a click takes the shape there into the selection or out of it. */
export const pointingLasso: StateNode<SelectState, 'pointingLasso'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      const state = editor.state.getState()
      const [id] = shapesAt(editor, data.start.point)
      if (id !== undefined) editor.update({ selection: toggled(state.selection, [...withGroups(state, [id])]), selectedPrediction: undefined, activeVertex: undefined })
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    return isDrag(data.start, event) ? { ...data, name: 'lassoing', points: [data.start.point, event.point] } : data
  },
  cursor: () => 'crosshair',
}
