import { SubmissionCommitSchema } from '../../../../shared/api/messages.ts'
import type { SubmissionCommit } from '../../../../shared/api/messages.ts'
import type { DeviceId, Instant, RevisionId, SubmissionId, TaskId } from '../../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../../shared/domain/revision.ts'
import type { Revision } from '../../../../shared/domain/revision.ts'
import type { JournalItem } from '../../sync/ports.ts'
import { fromJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** A submission and where it is: `waiting` or `dead` in the outbox, or `acknowledged` by a receipt. */
export interface StoredSubmission { commit: SubmissionCommit; createdAt: Instant; place: 'waiting' | 'dead' | 'acknowledged'; replacedBy: SubmissionId | null }

const SELECT = `SELECT s.commit_json AS commitJson, s.created_at AS createdAt, coalesce(o.state, 'acknowledged') AS place, o.replaced_by AS replacedBy
  FROM submissions s LEFT JOIN outbox o USING (submission_id)`
interface Row extends Omit<StoredSubmission, 'commit'> { commitJson: string }
const toSubmission = ({ commitJson, ...row }: Row): StoredSubmission => ({ ...row, commit: fromJson(SubmissionCommitSchema, commitJson) })

/** The next sequence number of a device's submissions, from 1. */
export function nextDeviceSeq(db: WorkDatabase, device: DeviceId): number {
  return (sql<{ last: number | null }>(db, 'SELECT max(device_seq) AS last FROM submissions WHERE device = ?').get(device)?.last ?? 0) + 1
}

/** Keeps a submission and puts it into the outbox, due at once (milliseconds since 1970). */
export function insertSubmission(db: WorkDatabase, commit: SubmissionCommit, createdAt: Instant, now: number): void {
  change(db, 1, 'INSERT INTO submissions (submission_id, device, device_seq, task_id, revision_id, commit_json, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    commit.submissionId, commit.deviceId, commit.deviceSeq, commit.taskId, commit.revisionId, JSON.stringify(commit), createdAt)
  change(db, 1, `INSERT INTO outbox (submission_id, state, next_attempt_at) VALUES (?, 'waiting', ?)`, commit.submissionId, now)
}

export function findSubmission(db: WorkDatabase, id: SubmissionId): StoredSubmission | undefined {
  const row = sql<Row>(db, `${SELECT} WHERE s.submission_id = ?`).get(id)
  return row === undefined ? undefined : toSubmission(row)
}

/** The newest submission of a task. */
export function latestSubmission(db: WorkDatabase, taskId: TaskId): StoredSubmission | undefined {
  const row = sql<Row>(db, `${SELECT} WHERE s.task_id = ? ORDER BY s.number DESC LIMIT 1`).get(taskId)
  return row === undefined ? undefined : toSubmission(row)
}

/** The commits in the outbox that are to be sent under a device's name, oldest first; not those that were replaced. */
export function outboxOfDevice(db: WorkDatabase, device: DeviceId): SubmissionCommit[] {
  return sql<Row>(db, `${SELECT} WHERE s.device = ? AND o.state IS NOT NULL AND o.replaced_by IS NULL ORDER BY s.number`).all(device).map((row) => toSubmission(row).commit)
}

/** Lets a submission be sent as the next one of another device. Its id and bytes stay, and so does the device that its revision names. */
export function giveNewNumber(db: WorkDatabase, commit: SubmissionCommit, deviceId: DeviceId): void {
  const deviceSeq = nextDeviceSeq(db, deviceId)
  change(db, 1, 'UPDATE submissions SET device = ?, device_seq = ?, commit_json = ? WHERE submission_id = ?', deviceId, deviceSeq, JSON.stringify({ ...commit, deviceId, deviceSeq }), commit.submissionId)
}

/** The revisions of a task that were made here and not refused, oldest first: the last one is what the next one grows from. */
export function soundRevisions(db: WorkDatabase, taskId: TaskId): { id: RevisionId; revision: Revision }[] {
  return sql<{ id: RevisionId; bytes: Uint8Array }>(db, `SELECT r.id, r.bytes FROM submissions s JOIN revisions r ON r.id = s.revision_id LEFT JOIN outbox o USING (submission_id)
    WHERE s.task_id = ? AND o.state IS NOT 'dead' ORDER BY s.number`).all(taskId).map(({ id, bytes }) => ({ id, revision: fromJson(RevisionSchema, Buffer.from(bytes).toString()) }))
}

/** The frozen bytes of a submission. @throws Error when there is no such submission. */
export function submissionBytes(db: WorkDatabase, id: SubmissionId): Uint8Array {
  const row = sql<{ bytes: Uint8Array }>(db, 'SELECT r.bytes FROM submissions s JOIN revisions r ON r.id = s.revision_id WHERE s.submission_id = ?').get(id)
  if (row === undefined) throw new Error(`No submission ${id}`)
  return row.bytes
}

const SELECT_JOURNAL = `SELECT s.submission_id AS submissionId, s.task_id AS taskId, CAST(r.bytes AS TEXT) ->> '$.journalSha256' AS sha256, CAST(r.bytes AS TEXT) ->> '$.journalLength' AS lines,
    (SELECT coalesce(sum(length(diff)), 0) FROM journal j WHERE j.task_id = s.task_id) AS size
  FROM submissions s JOIN revisions r ON r.id = s.revision_id JOIN receipts USING (submission_id) WHERE s.journal_sent = 'waiting'`

/** The submissions that the server holds and whose edit journal is not in storage yet, oldest first. */
export function journalsToSend(db: WorkDatabase, limit: number): JournalItem[] {
  return sql<JournalItem>(db, `${SELECT_JOURNAL} ORDER BY s.number LIMIT ?`).all(limit)
}

/** The edit journal of one submission, if the server holds that and storage does not hold the journal yet. */
export function journalToSend(db: WorkDatabase, id: SubmissionId): JournalItem | undefined {
  return sql<JournalItem>(db, `${SELECT_JOURNAL} AND s.submission_id = ?`).get(id)
}

/** How many journals wait to be stored; those of refused submissions do not. */
export function journalBacklog(db: WorkDatabase): number {
  return sql<{ count: number }>(db, `SELECT count(*) AS count FROM submissions JOIN receipts USING (submission_id) WHERE journal_sent = 'waiting'`).get()?.count ?? 0
}

export function noteJournal(db: WorkDatabase, id: SubmissionId, journal: 'waiting' | 'sent' | 'refused'): void {
  change(db, 1, 'UPDATE submissions SET journal_sent = ? WHERE submission_id = ?', journal, id)
}
