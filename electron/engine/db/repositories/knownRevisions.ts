import type { AssetId, RevisionId, Sha256, TaskId } from '../../../../shared/domain/ids.ts'
import { RevisionRecordSchema } from '../../../../shared/domain/revisionRecord.ts'
import type { RevisionRecord } from '../../../../shared/domain/revisionRecord.ts'
import type { ResultRef } from '../../sync/ports.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Stores what the orchestrator told of a revision. Answers whether it was news. */
export function putKnownRevision(db: WorkDatabase, record: RevisionRecord, seq: number): boolean {
  return sql(db, `INSERT INTO known_revisions (id, task_id, author, received_at, late, raw, seq) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET task_id = excluded.task_id, author = excluded.author, received_at = excluded.received_at, late = excluded.late,
      raw = excluded.raw, seq = excluded.seq WHERE excluded.seq > known_revisions.seq`)
    .run(record.id, record.taskId, record.author, record.receivedAt, Number(record.late), JSON.stringify(record), seq).changes > 0
}

/** The orchestrator does not hold a revision any more, or not for this person; bytes that are here stay. Answers on which task it was. */
export function dropKnownRevision(db: WorkDatabase, id: RevisionId): TaskId | undefined {
  return sql<{ taskId: TaskId }>(db, 'DELETE FROM known_revisions WHERE id = ? RETURNING task_id AS taskId').get(id)?.taskId
}

/** What the orchestrator told of a task's revisions, in the order in which it received them. */
export function knownRevisionsOf(db: WorkDatabase, taskId: TaskId): RevisionRecord[] {
  return sql<{ raw: string }>(db, `SELECT raw FROM known_revisions WHERE task_id = ? ORDER BY received_at, id`).all(taskId)
    .map(({ raw }) => fromJson(RevisionRecordSchema, raw))
}

interface MissingRow { taskId: TaskId; assetId: AssetId; revisionId: RevisionId; journalSha256: Sha256; hasRevision: number; hasJournal: number }

/** Results that the orchestrator told of and that are not all here yet, those that wait for a decision first. One's own are here anyway. */
export function missingResults(db: WorkDatabase, limit: number): ResultRef[] {
  const rows = sql<MissingRow>(db, `
    SELECT k.task_id AS taskId, t.asset_id AS assetId, k.id AS revisionId, k.raw ->> '$.journalSha256' AS journalSha256,
      EXISTS (SELECT 1 FROM remote_revisions v WHERE v.id = k.id) AS hasRevision,
      (k.raw ->> '$.journalLength') = 0 OR EXISTS (SELECT 1 FROM received_journals j WHERE j.sha256 = k.raw ->> '$.journalSha256') AS hasJournal
    FROM known_revisions k JOIN tasks t ON t.id = k.task_id
    WHERE NOT EXISTS (SELECT 1 FROM revisions r WHERE r.id = k.id) AND NOT (hasRevision AND hasJournal)
    ORDER BY t.state <> 'submitted', k.seq LIMIT ?`).all(limit)
  return rows.map(({ hasRevision, hasJournal, journalSha256, ...row }) =>
    ({ ...row, needsRevision: hasRevision === 0, journalSha256: hasJournal === 0 ? journalSha256 : undefined }))
}

/** Keeps the edit journal behind a result, whose bytes were checked against its name. */
export function keepReceivedJournal(db: WorkDatabase, sha256: Sha256, taskId: TaskId, bytes: Uint8Array): void {
  sql(db, 'INSERT INTO received_journals (sha256, task_id, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(sha256, taskId, bytes)
}

/** The edit journal behind a result of somebody else; undefined while it is not here. */
export function receivedJournal(db: WorkDatabase, sha256: Sha256): Uint8Array | undefined {
  return sql<{ bytes: Uint8Array }>(db, 'SELECT bytes FROM received_journals WHERE sha256 = ?').get(sha256)?.bytes
}
