import { clampPoint } from '../../../../../shared/geometry/transform.ts'
import type { Editor } from '../../../store/editor.ts'
import type { StateNode } from '../../tool.ts'
import { accept, decision, discard, withAnswer } from '../proposal.ts'
import { askCut, showCut } from './askCut.ts'
import type { CutProposed, CutState } from './cutState.ts'

/** The radius of a stroke in CSS pixels: thick enough to be seen, thin enough for what is small on the screen. */
const STROKE_RADIUS = 5

export const proposed: StateNode<CutState, 'proposed'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'proposal': return showCut(editor, withAnswer(editor, data, event))
      case 'pointerMove':
      case 'pointerUp': return data
      case 'pointerDown': {
        if (event.button !== 'primary') return undefined
        const radius = STROKE_RADIUS / editor.state.getState().camera.zoom
        return showCut(editor, { ...data, name: 'stroking', stroke: { points: [clampPoint(event.point, editor.imageSize)], radius, subtract: event.modifiers.alt } })
      }
      default:
    }
    switch (decision(event)) {
      case 'accept': return accept(editor, data) ? { name: 'idle' } : data
      case 'back': return data.strokes.length > 0 ? withoutLast(editor, data) : discard(editor, data)
      case 'discard': return discard(editor, data)
      case undefined:
      default: return undefined
    }
  },
  cursor: () => 'crosshair',
}

function withoutLast(editor: Editor, data: Extract<CutProposed, { name: 'proposed' }>): CutState {
  const strokes = data.strokes.slice(0, -1)
  return showCut(editor, { ...data, strokes, since: askCut(editor, { ...data, strokes }) })
}
