import { abandons } from '../../../input/inputEvent.ts'
import { draggedBox } from '../../box/draggedBox.ts'
import { isDrag } from '../../tool.ts'
import type { StateNode } from '../../tool.ts'
import { askCut, showCut } from './askCut.ts'
import type { CutState } from './cutState.ts'

export const boxing: StateNode<CutState, 'boxing'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    if (event.type === 'pointerMove') {
      const box = draggedBox(data.start, event, editor.imageSize)
      editor.update({ preview: { kind: 'proposal', classId: data.labelClass.id, parts: [], marks: [], box } })
      return data
    }
    if (event.type !== 'pointerUp') return undefined
    const box = draggedBox(data.start, event, editor.imageSize)
    if (!isDrag(data.start, event) || box.width < 2 || box.height < 2) {
      editor.bail(data.mark)
      return { name: 'idle' }
    }
    const { mark, labelClass } = data
    const asked = { box, strokes: [], labelClass }
    return showCut(editor, { ...asked, name: 'proposed', mark, since: askCut(editor, asked), region: undefined })
  },
  cursor: () => 'crosshair',
}
