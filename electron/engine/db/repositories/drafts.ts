import { isDeepStrictEqual } from 'node:util'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { DraftRecordSchema } from '../../../../shared/domain/draft.ts'
import type { DraftDiff, DraftRecord } from '../../../../shared/domain/draft.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import { fromJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Every record of a task's draft, by id. */
export function draftRecords(db: WorkDatabase, taskId: TaskId): DraftRecord[] {
  return draftTexts(db, taskId).map((json) => fromJson(DraftRecordSchema, json))
}

/** The same as JSON, not looked into. */
export function draftTexts(db: WorkDatabase, taskId: TaskId): string[] {
  return sql<{ json: string }>(db, 'SELECT json FROM draft_records WHERE task_id = ? ORDER BY record_id').all(taskId).map(({ json }) => json)
}

/**
 * Applies a diff to the stored records.
 * @throws RpcError invalidRequest when a record is filed under another id than its own, conflict when it was made for other records than the stored ones; the caller's transaction takes back what was written.
 */
export function applyDraftDiff(db: WorkDatabase, taskId: TaskId, diff: DraftDiff): void {
  expectOwnIds(diff)
  for (const [id, record] of Object.entries(diff.removed)) {
    expectStored(db, taskId, id, record)
    change(db, 1, 'DELETE FROM draft_records WHERE task_id = ? AND record_id = ?', taskId, id)
  }
  for (const [id, [before, after]] of Object.entries(diff.updated)) {
    expectStored(db, taskId, id, before)
    change(db, 1, 'UPDATE draft_records SET json = ? WHERE task_id = ? AND record_id = ?', JSON.stringify(after), taskId, id)
  }
  for (const [id, record] of Object.entries(diff.added)) {
    const { changes } = sql(db, 'INSERT INTO draft_records (task_id, record_id, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(taskId, id, JSON.stringify(record))
    if (changes !== 1) throw new RpcError('conflict', `Record ${id} exists already`)
  }
}

/** A record filed under another id would be lost to everything that looks for it. */
function expectOwnIds({ added, updated, removed }: DraftDiff): void {
  const filed = [...Object.entries(added), ...Object.entries(removed), ...Object.entries(updated).flatMap(([id, both]) => both.map((record) => [id, record] as const))]
  for (const [id, record] of filed) if (record.id !== id) throw new RpcError('invalidRequest', `Record ${record.id} is filed under ${id}`)
}

function expectStored(db: WorkDatabase, taskId: TaskId, id: string, expected: DraftRecord): void {
  const row = sql<{ json: string }>(db, 'SELECT json FROM draft_records WHERE task_id = ? AND record_id = ?').get(taskId, id)
  if (row === undefined) throw new RpcError('conflict', `Record ${id} does not exist`)
  const text = JSON.stringify(expected)
  if (row.json !== text && !isDeepStrictEqual(JSON.parse(row.json), JSON.parse(text))) throw new RpcError('conflict', `Record ${id} is not what the edit was made for`)
}
