import { invertDiff } from '../../../shared/diff/recordsDiff.ts'
import type { DraftDiff, EditName } from '../../../shared/domain/draft.ts'

/** An edit that can be undone or redone; `seq` is the line of the task's journal in which it was first made. */
export interface HistoryEntry { readonly seq: number; readonly name: EditName; readonly diff: DraftDiff }

/** What goes into the task's journal; the engine numbers the lines in the order in which they are emitted. */
export type JournalLine =
  | { readonly kind: 'edit'; readonly name: EditName; readonly diff: DraftDiff }
  | { readonly kind: 'undo' | 'redo'; readonly target: number; readonly diff: DraftDiff }

export interface HistorySummary { readonly canUndo: boolean; readonly canRedo: boolean; readonly undoName: EditName | undefined; readonly redoName: EditName | undefined }

/** The journal's last line and the stacks that follow from it, newest last. */
export interface HistoryStart { readonly undo: readonly HistoryEntry[]; readonly redo: readonly HistoryEntry[]; readonly journalSeq: number }

/**
 * Unlimited undo and redo as data. It numbers lines as the engine will: the first line after opening is `journalSeq + 1`,
 * so an undo can name an edit that is still on its way to the disk.
 */
export interface History {
  /** The line for new work; what was undone before can no longer be redone. */
  edit(name: EditName, diff: DraftDiff): JournalLine
  /** The line that takes the newest edit back; undefined when there is none. */
  undo(): JournalLine | undefined
  /** The line that brings the edit back that was undone last; undefined when there is none. */
  redo(): JournalLine | undefined
  summary(): HistorySummary
  /** The number of edits that can be undone. */
  depth(): number
  journalSeq(): number
}

export function createHistory(start: HistoryStart): History {
  const done = [...start.undo]
  let undone = [...start.redo]
  let journalSeq = start.journalSeq

  return {
    edit(name, diff) {
      journalSeq += 1
      done.push({ seq: journalSeq, name, diff })
      undone = []
      return { kind: 'edit', name, diff }
    },
    undo() {
      const entry = done.pop()
      if (entry === undefined) return undefined
      journalSeq += 1
      undone.push(entry)
      return { kind: 'undo', target: entry.seq, diff: invertDiff(entry.diff) }
    },
    redo() {
      const entry = undone.pop()
      if (entry === undefined) return undefined
      journalSeq += 1
      done.push(entry)
      return { kind: 'redo', target: entry.seq, diff: entry.diff }
    },
    summary: () => ({
      canUndo: done.length > 0, canRedo: undone.length > 0, undoName: done.at(-1)?.name, redoName: undone.at(-1)?.name,
    }),
    depth: () => done.length,
    journalSeq: () => journalSeq,
  }
}
