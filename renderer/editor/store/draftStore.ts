import type { StoreApi } from 'zustand/vanilla'
import { isEmptyDiff } from '../../../shared/diff/recordsDiff.ts'
import type { DraftDiff, EditName } from '../../../shared/domain/draft.ts'
import { pendingPredictions, touchesDecisions } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import type { History, JournalLine } from '../history/history.ts'
import type { Editor, ViewPatch } from './editor.ts'
import type { LiveSpatialIndex } from './spatialIndex.ts'
import { stackAfter } from './stack.ts'
import type { EditorState } from './state.ts'

interface Parts {
  readonly state: StoreApi<EditorState>
  readonly history: History
  readonly shapeIndex: LiveSpatialIndex
  readonly predictions: readonly Prediction[]
}

/** The one way in which records change: state, spatial index, history and listeners move together. */
export function createDraftStore({ state, history, shapeIndex, predictions }: Parts): Pick<Editor, 'commit' | 'undo' | 'redo' | 'update' | 'onCommit' | 'show'> {
  const listeners = new Set<(line: JournalLine, seq: number) => void>()

  const change = (diff: DraftDiff) => {
    const before = state.getState()
    const records = before.records.after(diff)
    shapeIndex.apply(diff)
    return {
      records,
      shapes: stackAfter(before.shapes, diff),
      pending: touchesDecisions(diff) ? pendingPredictions(records, predictions, before.threshold) : before.pending,
      activeVertex: undefined,
      preview: undefined,
    }
  }
  const apply = (line: JournalLine) => {
    const before = state.getState()
    const changed = change(line.diff)
    const seq = history.journalSeq()
    state.setState({
      ...changed,
      selection: selectionAfter(before, changed.records, line),
      history: history.summary(),
      journalSeq: seq,
    })
    for (const listener of listeners) listener(line, seq)
    return true
  }

  return {
    commit: (name: EditName, diff: DraftDiff) => !isEmptyDiff(diff) && apply(history.edit(name, diff)),
    undo() {
      const line = history.undo()
      return line !== undefined && apply(line)
    },
    redo() {
      const line = history.redo()
      return line !== undefined && apply(line)
    },
    show(diff, selection) { state.setState({ ...change(diff), selection }) },
    update(patch: ViewPatch) {
      const { records, threshold } = state.getState()
      const moved = patch.threshold !== undefined && patch.threshold !== threshold
      state.setState(moved ? { ...patch, pending: pendingPredictions(records, predictions, patch.threshold ?? threshold) } : patch)
    },
    onCommit(listener) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
  }
}

/** Undo and redo select what they brought or changed, so that the person sees it; an edit keeps what still exists. */
function selectionAfter(before: EditorState, records: EditorState['records'], line: JournalLine): ReadonlySet<ShapeId> {
  if (line.kind === 'edit') {
    const kept = [...before.selection].filter((id) => records.has(id))
    return kept.length === before.selection.size ? before.selection : new Set(kept)
  }
  const touched = [...Object.values(line.diff.added), ...Object.values(line.diff.updated).map(([, after]) => after)]
  return new Set(touched.flatMap((record) => (record.type === 'shape' ? [record.id] : [])))
}
