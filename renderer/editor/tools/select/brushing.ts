import { boxBetween } from '../../../../shared/geometry/box.ts'
import { abandons } from '../../input/inputEvent.ts'
import { withGroups } from '../../store/queries.ts'
import { shapesWithin } from '../../store/targets.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'

/** The marquee selects what lies wholly within it; with Shift, in addition to what was selected before. */
export const brushing: StateNode<SelectState, 'brushing'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerUp') {
      editor.update({ preview: undefined })
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove') return undefined
    const box = boxBetween(data.start.point, event.point)
    const before = data.start.modifiers.shift ? [...data.mark.selection] : []
    editor.update({
      preview: { kind: 'marquee', box }, selection: new Set([...before, ...withGroups(editor.state.getState(), shapesWithin(editor, box))]),
      selectedPrediction: undefined, activeVertex: undefined,
    })
    return data
  },
  cursor: () => 'default',
}
