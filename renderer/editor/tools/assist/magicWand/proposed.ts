import type { Editor } from '../../../store/editor.ts'
import type { StateNode } from '../../tool.ts'
import { accept, decision, discard, withAnswer } from '../proposal.ts'
import { askWand, press, showWand, withTolerance } from './seeds.ts'
import { stepTolerance } from './tolerance.ts'
import type { WandProposed, WandState } from './wandState.ts'

type Proposed = Extract<WandProposed, { name: 'proposed' }>

export const proposed: StateNode<WandState, 'proposed'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'proposal': return showWand(editor, withAnswer(editor, data, event))
      case 'pointerMove':
      case 'pointerUp': return data
      case 'pointerDown': return event.button === 'primary' ? press(editor, event, data) : undefined
      case 'toleranceSet': return retuned(editor, data)
      case 'keyDown':
        if (stepTolerance(editor, event.key)) return retuned(editor, data)
        break
      default:
    }
    switch (decision(event)) {
      case 'accept': return accept(editor, data) ? { name: 'idle' } : data
      case 'back': return data.seeds.length > 1 ? withoutLast(editor, data) : discard(editor, data)
      case 'discard': return discard(editor, data)
      case undefined:
      default: return undefined
    }
  },
  cursor: () => 'crosshair',
}

function retuned(editor: Editor, data: Proposed): WandState {
  const seeds = withTolerance(data.seeds, editor.state.getState().wandTolerance)
  askWand(editor, { ...data, seeds })
  return showWand(editor, { ...data, seeds })
}

function withoutLast(editor: Editor, data: Proposed): WandState {
  const seeds = data.seeds.slice(0, -1)
  return showWand(editor, { ...data, seeds, since: askWand(editor, { ...data, seeds }) })
}
