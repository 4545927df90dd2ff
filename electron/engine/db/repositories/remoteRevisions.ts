import { z } from 'zod'
import { RevisionIdSchema } from '../../../../shared/domain/ids.ts'
import type { AssetId, Instant, RevisionId, TaskId } from '../../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../../shared/domain/revision.ts'
import type { Revision } from '../../../../shared/domain/revision.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'
import { refreshForeignHeads } from './tasks.ts'

/** A revision that was made elsewhere. `settledAt`: since when the work here counts as grown from it. */
export interface RemoteRevision { id: RevisionId; revision: Revision; settledAt: Instant | null }

interface Row { id: RevisionId; bytes: Uint8Array; settledAt: Instant | null }
const toRevision = ({ id, bytes, settledAt }: Row): RemoteRevision => ({ id, settledAt, revision: fromJson(RevisionSchema, Buffer.from(bytes).toString()) })
const SELECT = 'SELECT id, bytes, settled_at AS settledAt FROM remote_revisions'
/** Tasks with a version from elsewhere on which there is work here too. */
const CONTESTED = `t.foreign_heads <> '[]' AND (t.journal_seq > 0 OR EXISTS (SELECT 1 FROM revisions r WHERE r.task_id = t.id))`

/** Keeps a verified revision; one that is there already stays as it is. */
export function keepRemoteRevision(db: WorkDatabase, id: RevisionId, taskId: TaskId, bytes: Uint8Array): boolean {
  return sql(db, 'INSERT INTO remote_revisions (id, task_id, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(id, taskId, bytes).changes === 1
}

export function findRemoteRevision(db: WorkDatabase, id: RevisionId): RemoteRevision | undefined {
  const row = sql<Row>(db, `${SELECT} WHERE id = ?`).get(id)
  return row === undefined ? undefined : toRevision(row)
}

/** The revisions of a task that came from elsewhere, in the order in which they came. */
export function remoteRevisionsOf(db: WorkDatabase, taskId: TaskId): RemoteRevision[] {
  return sql<Row>(db, `${SELECT} WHERE task_id = ? ORDER BY number`).all(taskId).map(toRevision)
}

/** From now on the work on the task counts as grown from this revision too. */
export function settleRemoteRevision(db: WorkDatabase, id: RevisionId, taskId: TaskId, at: Instant): void {
  change(db, 1, 'UPDATE remote_revisions SET settled_at = ? WHERE id = ?', at, id)
  refreshForeignHeads(db, taskId)
}

/** The newest revisions of a task on the server that the work here did not grow from. */
export function foreignHeads(db: WorkDatabase, taskId: TaskId): RevisionId[] {
  const row = sql<{ heads: string }>(db, 'SELECT foreign_heads AS heads FROM tasks WHERE id = ?').get(taskId)
  return fromNullableJson(z.array(RevisionIdSchema), row?.heads ?? null) ?? []
}

/** Tasks that were worked on here and have a version from elsewhere too, in the order of their arrival. */
export function contestedTasks(db: WorkDatabase): { id: TaskId; name: string }[] {
  return sql<{ id: TaskId; name: string }>(db, `SELECT t.id, t.name FROM tasks t WHERE ${CONTESTED} ORDER BY t.arrival LIMIT 500`).all()
}

/** Versions from elsewhere of tasks that were worked on here, whose bytes are not here yet; of one task, whether or not it was worked on. */
export function missingVersions(db: WorkDatabase, limit: number, taskId?: TaskId): { taskId: TaskId; revisionId: RevisionId; assetId: AssetId }[] {
  return sql<{ taskId: TaskId; revisionId: RevisionId; assetId: AssetId }>(db, `SELECT t.id AS taskId, heads.value AS revisionId, t.asset_id AS assetId
    FROM tasks t, json_each(t.foreign_heads) heads WHERE ${taskId === undefined ? CONTESTED : 't.id = ?'}
      AND NOT EXISTS (SELECT 1 FROM remote_revisions v WHERE v.id = heads.value) LIMIT ?`).all(...(taskId === undefined ? [limit] : [taskId, limit]))
}
