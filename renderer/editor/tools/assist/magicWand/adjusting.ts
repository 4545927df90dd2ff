import { isDrag } from '../../tool.ts'
import type { StateNode } from '../../tool.ts'
import { decision, discard, withAnswer } from '../proposal.ts'
import { askWand, showWand, withTolerance } from './seeds.ts'
import { setTolerance } from './tolerance.ts'
import type { WandState } from './wandState.ts'

/** CSS pixels of dragging for one step of tolerance. */
const PIXELS_A_STEP = 3

export const adjusting: StateNode<WandState, 'adjusting'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'proposal': return showWand(editor, withAnswer(editor, data, event))
      case 'pointerUp': return showWand(editor, { ...data, name: 'proposed' })
      case 'pointerMove': {
        if (!isDrag(data.start, event)) return data
        const before = editor.state.getState().wandTolerance
        setTolerance(editor, data.before + (event.screen[0] - data.start.screen[0]) / PIXELS_A_STEP)
        const tolerance = editor.state.getState().wandTolerance
        if (tolerance === before) return data
        const seeds = withTolerance(data.seeds, tolerance)
        askWand(editor, { ...data, seeds })
        return showWand(editor, { ...data, seeds })
      }
      default: return decision(event) === undefined ? undefined : discard(editor, data)
    }
  },
  cursor: () => 'ew-resize',
}
