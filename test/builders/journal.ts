import { applyDiff, invertDiff, isEmptyDiff } from '../../shared/diff/recordsDiff.ts'
import type { DraftDiff, DraftRecord, JournalEntry } from '../../shared/domain/draft.ts'
import { instantOf } from '../../shared/domain/ids.ts'
import { adding, aShape, removing, updating } from './records.ts'

/** What somebody does next: adds, changes or removes one of a few shapes, or takes back and brings again. */
export interface Deed { kind: 'put' | 'remove' | 'undo' | 'redo'; shape: number; x: number; pauseMs: number }

const START = Date.parse('2026-05-01T10:00:00.000Z')

/** The journal that deeds lead to, as it is stored; those that change nothing leave no line. */
export function aJournal(deeds: readonly Deed[]): JournalEntry[] {
  const lines: JournalEntry[] = []
  const draft = new Map<string, DraftRecord>()
  const undoable: number[] = []
  const redoable: number[] = []
  let now = START
  for (const deed of deeds) {
    const seq = lines.length + 1
    const at = instantOf(now += deed.pauseMs)
    const target = deed.kind === 'undo' ? undoable.pop() : deed.kind === 'redo' ? redoable.pop() : undefined
    if (deed.kind === 'undo' || deed.kind === 'redo') {
      const done = target === undefined ? undefined : lines[target - 1]
      if (done === undefined || target === undefined) continue
      lines.push({ kind: deed.kind, seq, target, at, diff: deed.kind === 'undo' ? invertDiff(done.diff) : done.diff })
      ;(deed.kind === 'undo' ? redoable : undoable).push(target)
    } else {
      const diff = diffOf(deed, draft)
      if (isEmptyDiff(diff)) continue
      lines.push({ kind: 'edit', seq, name: deed.kind === 'put' ? 'addShape' : 'deleteShape', at, diff })
      undoable.push(seq)
      redoable.length = 0
    }
    const line = lines.at(-1)
    if (line !== undefined) applyDiff(draft, line.diff)
  }
  return lines
}

function diffOf({ kind, shape, x }: Deed, draft: ReadonlyMap<string, DraftRecord>): DraftDiff {
  const id = `shape-${shape}`
  const before = draft.get(id)
  if (kind === 'remove') return before === undefined ? removing() : removing(before)
  const after = aShape({ id, order: shape, geometry: { kind: 'point', x, y: shape } })
  return before === undefined ? adding(after) : updating(before, after)
}
