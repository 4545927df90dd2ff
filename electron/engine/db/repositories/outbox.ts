import { SubmissionCommitSchema } from '../../../../shared/api/messages.ts'
import { instantOf } from '../../../../shared/domain/ids.ts'
import type { Instant, SubmissionId, TaskId } from '../../../../shared/domain/ids.ts'
import { SyncNoteSchema } from '../../../../shared/rpc/syncStatus.ts'
import type { OutboxRow, SyncNote } from '../../../../shared/rpc/syncStatus.ts'
import type { OutboxItem, SyncErrorNote } from '../../sync/ports.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

interface Row { submissionId: SubmissionId; commitJson: string; attempts: number; nextAttemptAt: number; blobStored: number; state: 'waiting' | 'dead'; replacedBy: SubmissionId | null; error: string | null; createdAt: Instant; name: string }

const SELECT = `SELECT o.submission_id AS submissionId, s.commit_json AS commitJson, o.attempts, o.next_attempt_at AS nextAttemptAt,
    o.blob_stored AS blobStored, o.state, o.replaced_by AS replacedBy, o.error, s.created_at AS createdAt, t.name
  FROM outbox o JOIN submissions s USING (submission_id) JOIN tasks t ON t.id = s.task_id`

/** Holds for an item `o` of submission `s` when an earlier revision of its task waits too, as far as `also` says. */
const behindAnother = (also: string) => `EXISTS (SELECT 1 FROM submissions earlier JOIN outbox ahead USING (submission_id)
  WHERE earlier.task_id = s.task_id AND earlier.number < s.number AND ahead.state = 'waiting' AND ${also})`

/** The oldest waiting items that are due at `now` (milliseconds since 1970), with every earlier revision of their task that waits. */
export function dueItems(db: WorkDatabase, now: number, limit: number): OutboxItem[] {
  return sql<Row>(db, `${SELECT} WHERE o.state = 'waiting' AND o.next_attempt_at <= ? AND NOT ${behindAnother('ahead.next_attempt_at > ?')}
    ORDER BY s.number LIMIT ?`).all(now, now, limit).map((row) => {
    const commit = fromJson(SubmissionCommitSchema, row.commitJson)
    return {
      submissionId: row.submissionId, taskId: commit.taskId, revisionId: commit.revisionId, deviceSeq: commit.deviceSeq, sha256: commit.sha256, commit,
      attempts: row.attempts, nextAttemptAt: row.nextAttemptAt, blobStored: row.blobStored === 1,
    }
  })
}

/** When the next waiting item is due, in milliseconds since 1970; the later revisions of a task wait for the first. */
export function nextDueAt(db: WorkDatabase): number | undefined {
  return sql<{ next: number | null }>(db, `SELECT min(o.next_attempt_at) AS next FROM outbox o JOIN submissions s USING (submission_id)
    WHERE o.state = 'waiting' AND NOT ${behindAnother('true')}`).get()?.next ?? undefined
}

/** What waits, and what was refused and wants a decision: one that a later submission replaced does not any more. */
export function outboxCounts(db: WorkDatabase): { waiting: number; dead: number } {
  const rows = sql<{ state: 'waiting' | 'dead'; count: number }>(db, 'SELECT state, count(*) AS count FROM outbox WHERE replaced_by IS NULL GROUP BY state').all()
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
  return { waiting: count('waiting'), dead: count('dead') }
}

/** Everything in the outbox as the window shows it, oldest first. */
export function outboxRows(db: WorkDatabase): OutboxRow[] {
  return sql<Row>(db, `${SELECT} ORDER BY s.number`).all().map((row) => {
    const commit = fromJson(SubmissionCommitSchema, row.commitJson)
    const error = fromNullableJson(SyncNoteSchema, row.error)
    return {
      submissionId: row.submissionId, taskId: commit.taskId, name: row.name, revisionId: commit.revisionId, state: row.replacedBy === null ? row.state : 'replaced', blobStored: row.blobStored === 1,
      attempts: row.attempts, createdAt: row.createdAt, ...(error === undefined ? {} : { error }),
      ...(row.state === 'waiting' ? { nextAttemptAt: instantOf(row.nextAttemptAt) } : {}),
    }
  })
}

export function markBlobStored(db: WorkDatabase, id: SubmissionId): void {
  change(db, 1, 'UPDATE outbox SET blob_stored = 1 WHERE submission_id = ?', id)
}

/** Puts an item off until `nextAttemptAt` (milliseconds since 1970) after a failed attempt. */
export function postpone(db: WorkDatabase, id: SubmissionId, nextAttemptAt: number, error: SyncErrorNote): void {
  change(db, 1, 'UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?, error = ? WHERE submission_id = ?', nextAttemptAt, JSON.stringify(error), id)
}

/** Lays an item aside, visibly; the queue goes on without it. */
export function markDead(db: WorkDatabase, id: SubmissionId, error: SyncErrorNote): void {
  change(db, 1, `UPDATE outbox SET state = 'dead', attempts = attempts + 1, error = ? WHERE submission_id = ?`, JSON.stringify(error), id)
}

/** Notes that a later submission of the task takes the place of its refused ones, and says which those are. They stay where they are. */
export function replaceDead(db: WorkDatabase, taskId: TaskId, by: SubmissionId): SubmissionId[] {
  return sql<{ id: SubmissionId }>(db, `UPDATE outbox SET replaced_by = ? WHERE state = 'dead' AND replaced_by IS NULL
    AND submission_id IN (SELECT submission_id FROM submissions WHERE task_id = ?) RETURNING submission_id AS id`).all(by, taskId).map(({ id }) => id)
}

/** Makes an item due at `now`, whatever happened to it before. The bytes are offered again too: they may be what was lost. */
export function offerAgain(db: WorkDatabase, id: SubmissionId, now: number): void {
  change(db, 1, `INSERT INTO outbox (submission_id, state, next_attempt_at) VALUES (?, 'waiting', ?)
    ON CONFLICT (submission_id) DO UPDATE SET state = 'waiting', next_attempt_at = excluded.next_attempt_at, blob_stored = 0, error = NULL`, id, now)
}

export function removeItem(db: WorkDatabase, id: SubmissionId): void {
  change(db, 1, 'DELETE FROM outbox WHERE submission_id = ?', id)
}

/** Why an item was put off or laid aside last. */
export function refusalOf(db: WorkDatabase, id: SubmissionId): SyncNote | undefined {
  const row = sql<{ error: string | null }>(db, 'SELECT error FROM outbox WHERE submission_id = ?').get(id)
  return fromNullableJson(SyncNoteSchema, row?.error ?? null)
}

/** Whether any submission of a task waits. */
export function hasWaiting(db: WorkDatabase, taskId: TaskId): boolean {
  return sql(db, `SELECT 1 FROM submissions s JOIN outbox o USING (submission_id) WHERE s.task_id = ? AND o.state = 'waiting' LIMIT 1`).get(taskId) !== undefined
}
