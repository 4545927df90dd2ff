import type { ShapeId } from '../../../../shared/domain/ids.ts'
import { abandons } from '../../input/inputEvent.ts'
import type { InputEvent, PointerMove } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { withGroups } from '../../store/queries.ts'
import type { Cursor, Preview } from '../../store/state.ts'
import type { SelectState } from './selectState.ts'

type Enclosing = Extract<SelectState, { name: 'brushing' | 'lassoing' }>
/** A node of one such state. */
export interface EnclosingNode<D extends Enclosing> {
  handle(data: D, event: InputEvent, editor: Editor): SelectState | undefined
  cursor(): Cursor
}

/** What a gesture encloses by now: the state that goes on, how it is shown and the shapes wholly within. */
interface Enclosed<D extends Enclosing> { readonly next: D; readonly preview: Preview; readonly ids: readonly ShapeId[] }

/** A drag that selects what it encloses, and the groups of that; with Shift, in addition to what was selected before. */
export function enclosing<D extends Enclosing>(cursor: Cursor, enclose: (editor: Editor, data: D, event: PointerMove) => Enclosed<D>): EnclosingNode<D> {
  return {
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
      const { next, preview, ids } = enclose(editor, data, event)
      const before = data.start.modifiers.shift ? [...data.mark.selection] : []
      editor.update({ preview, selection: new Set([...before, ...withGroups(editor.state.getState(), ids)]), selectedPrediction: undefined, activeVertex: undefined })
      return next
    },
    cursor: () => cursor,
  }
}
