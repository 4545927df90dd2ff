import type { Point } from '../../../../shared/geometry/point.ts'
import { maskArea, uniteMasks } from '../../../../shared/geometry/mask.ts'
import { enclosedRegion } from '../../../../shared/geometry/maskFill.ts'
import { changeMasks, isPaintable, selectedMask } from '../../actions/maskActions.ts'
import type { MaskShape } from '../../actions/maskActions.ts'
import type { Editor } from '../../store/editor.ts'
import { isReachable, shapeOf } from '../../store/queries.ts'
import type { StateNode } from '../tool.ts'
import type { FillState } from './fillState.ts'

export const idle: StateNode<FillState, 'idle'> = {
  handle(data, event, editor) {
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    if (editor.readOnly) editor.tell('editor.message.readOnly')
    else fillAt(editor, event.point)
    return data
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'cell'),
}

/** Of several masks that enclose a place (image pixels), the one that does so most tightly is filled; a selected one goes before all. */
function fillAt(editor: Editor, point: Point): void {
  const selected = selectedMask(editor)
  const [tightest] = (selected === undefined ? masksAround(editor, point) : [selected])
    .flatMap((shape) => {
      const region = enclosedRegion(shape.geometry.rle, point)
      return region === undefined ? [] : [{ shape, region }]
    })
    .sort((a, b) => maskArea(a.region) - maskArea(b.region))
  if (tightest === undefined) return editor.tell('editor.message.nothingToFill')
  const { shape, region } = tightest
  if (changeMasks(editor, 'fillMask', new Map([[shape.id, uniteMasks(shape.geometry.rle, region)]]))) editor.update({ selection: new Set([shape.id]) })
}

function masksAround(editor: Editor, [x, y]: Point): MaskShape[] {
  const state = editor.state.getState()
  return editor.shapeIndex.search({ x, y, width: 0, height: 0 }).flatMap((id) => {
    const shape = isReachable(state, id) ? shapeOf(state, id) : undefined
    return isPaintable(editor, shape) ? [shape] : []
  })
}
