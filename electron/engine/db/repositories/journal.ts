import { JournalEntrySchema } from '../../../../shared/domain/draft.ts'
import type { JournalEntry } from '../../../../shared/domain/draft.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { JournalStep } from '../../../../shared/domain/journal.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Appends one line to a task's journal. */
export function appendJournal(db: WorkDatabase, taskId: TaskId, entry: JournalEntry): void {
  change(db, 1, 'INSERT INTO journal (task_id, seq, kind, name, target, at, diff) VALUES (?, ?, ?, ?, ?, ?, ?)',
    taskId, entry.seq, entry.kind, entry.kind === 'edit' ? entry.name : null, entry.kind === 'edit' ? null : entry.target, entry.at, JSON.stringify(entry.diff))
}

interface Row { seq: number; kind: string; name: string | null; target: number | null; at: string; diff: string }

/** The journal of a task, oldest line first: the whole of it, or its first lines. */
export function readJournal(db: WorkDatabase, taskId: TaskId, lines = -1): JournalEntry[] {
  // To SQLite no limit is a negative one.
  return sql<Row>(db, 'SELECT seq, kind, name, target, at, diff FROM journal WHERE task_id = ? ORDER BY seq LIMIT ?').all(taskId, lines)
    .map(toEntry)
}

/** One line of a task's journal. */
export function readJournalLine(db: WorkDatabase, taskId: TaskId, seq: number): JournalEntry | undefined {
  const row = sql<Row>(db, 'SELECT seq, kind, name, target, at, diff FROM journal WHERE task_id = ? AND seq = ?').get(taskId, seq)
  return row && toEntry(row)
}

/** How many characters the change of each line takes, by its number. */
export function journalSizes(db: WorkDatabase, taskId: TaskId): ReadonlyMap<number, number> {
  return new Map(sql<{ seq: number; size: number }>(db, 'SELECT seq, LENGTH(diff) AS size FROM journal WHERE task_id = ?').all(taskId).map(({ seq, size }) => [seq, size]))
}

/** A run of a task's journal after line `after`, with how many characters each line's change takes. */
export function readJournalRun(db: WorkDatabase, taskId: TaskId, after: number, limit: number): { entry: JournalEntry; size: number }[] {
  return sql<Row>(db, 'SELECT seq, kind, name, target, at, diff FROM journal WHERE task_id = ? AND seq > ? ORDER BY seq LIMIT ?').all(taskId, after, limit)
    .map((row) => ({ entry: toEntry(row), size: row.diff.length }))
}

function toEntry({ diff, name, target, ...row }: Row): JournalEntry {
  return JournalEntrySchema.parse({ ...row, diff: JSON.parse(diff) as unknown, ...(name === null ? { target } : { name }) })
}

/** The journal's lines without what they changed: all that the undo and redo stacks are made of. */
export function readJournalSteps(db: WorkDatabase, taskId: TaskId): JournalStep[] {
  const rows = sql<{ seq: number; kind: JournalEntry['kind']; target: number | null }>(db, 'SELECT seq, kind, target FROM journal WHERE task_id = ? ORDER BY seq').all(taskId)
  return rows.map(({ seq, kind, target }) => (kind === 'edit' ? { seq, kind } : { seq, kind, target: target ?? 0 }))
}
