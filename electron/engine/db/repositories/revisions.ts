import type { RevisionId, TaskId } from '../../../../shared/domain/ids.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** A frozen revision: `bytes` are its canonical JSON, whose SHA-256 is `id`. */
interface StoredRevision { id: RevisionId; taskId: TaskId; bytes: Uint8Array }

export function insertRevision(db: WorkDatabase, { id, taskId, bytes }: StoredRevision): void {
  change(db, 1, 'INSERT INTO revisions (id, task_id, bytes) VALUES (?, ?, ?)', id, taskId, bytes)
}

export function findRevision(db: WorkDatabase, id: RevisionId): StoredRevision | undefined {
  return sql<StoredRevision>(db, 'SELECT id, task_id AS taskId, bytes FROM revisions WHERE id = ?').get(id)
}

/** The revisions of a task, oldest first. */
export function revisionsOf(db: WorkDatabase, taskId: TaskId): StoredRevision[] {
  return sql<StoredRevision>(db, 'SELECT id, task_id AS taskId, bytes FROM revisions WHERE task_id = ? ORDER BY number').all(taskId)
}

/** How many revisions there are, of all tasks or of one. */
export function countRevisions(db: WorkDatabase, taskId?: TaskId): number {
  return sql<{ count: number }>(db, 'SELECT count(*) AS count FROM revisions WHERE task_id = coalesce(?, task_id)').get(taskId ?? null)?.count ?? 0
}

/** A run of all revisions (or one task's) in the order they were made, from after `number`; `number` is the place of the last one, for the next run. */
export function revisionRun(db: WorkDatabase, after: number, limit: number, taskId?: TaskId): (StoredRevision & { number: number })[] {
  return sql<StoredRevision & { number: number }>(db, `SELECT number, id, task_id AS taskId, bytes FROM revisions
    WHERE number > ? AND task_id = coalesce(?, task_id) ORDER BY number LIMIT ?`).all(after, taskId ?? null, limit)
}

/** The frozen JSON of a revision that was made here or elsewhere; undefined while it is not here. */
export function revisionJson(db: WorkDatabase, id: RevisionId): string | undefined {
  const row = sql<{ bytes: Uint8Array }>(db, 'SELECT bytes FROM revisions WHERE id = @id UNION ALL SELECT bytes FROM remote_revisions WHERE id = @id').get({ id })
  return row && Buffer.from(row.bytes).toString()
}
