import { boxAround } from '../../../../shared/geometry/box.ts'
import { liesWithin } from '../../../../shared/geometry/within.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf, withGroups } from '../../store/queries.ts'
import { shapesWithin } from '../../store/targets.ts'
import type { StateNode } from '../tool.ts'
import type { SelectState } from './selectState.ts'

/** The lasso selects what lies wholly within it; with Shift, in addition to what was selected before. */
export const lassoing: StateNode<SelectState, 'lassoing'> = {
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
    const next = { ...data, points: [...data.points, event.point] }
    const before = data.start.modifiers.shift ? [...data.mark.selection] : []
    editor.update({
      preview: { kind: 'lasso', points: next.points }, selection: new Set([...before, ...caught(editor, next.points)]),
      selectedPrediction: undefined, activeVertex: undefined,
    })
    return next
  },
  cursor: () => 'crosshair',
}

function caught(editor: Editor, points: Extract<SelectState, { name: 'lassoing' }>['points']) {
  const state = editor.state.getState()
  return withGroups(state, shapesWithin(editor, boxAround(points)).filter((id) => {
    const shape = shapeOf(state, id)
    return shape !== undefined && liesWithin(shape.geometry, points)
  }))
}
