import { clampPoint } from '../../../../../shared/geometry/transform.ts'
import { abandons } from '../../../input/inputEvent.ts'
import type { StateNode } from '../../tool.ts'
import { withAnswer } from '../proposal.ts'
import { askCut, showCut } from './askCut.ts'
import type { CutState } from './cutState.ts'

export const stroking: StateNode<CutState, 'stroking'> = {
  handle(data, event, editor) {
    const { stroke, ...before } = data
    if (abandons(event)) return showCut(editor, { ...before, name: 'proposed' })
    switch (event.type) {
      case 'proposal': return showCut(editor, withAnswer(editor, data, event))
      case 'pointerMove': return showCut(editor, { ...data, stroke: { ...stroke, points: [...stroke.points, clampPoint(event.point, editor.imageSize)] } })
      case 'pointerUp': {
        const strokes = [...data.strokes, stroke]
        askCut(editor, { ...data, strokes })
        return showCut(editor, { ...before, name: 'proposed', strokes })
      }
      default: return undefined
    }
  },
  cursor: () => 'crosshair',
}
