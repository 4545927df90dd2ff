import { instantOf } from '../../../../shared/domain/ids.ts'
import type { Instant, StatementId, TaskId } from '../../../../shared/domain/ids.ts'
import { statementFacts, StatementSchema } from '../../../../shared/domain/statement.ts'
import type { Statement, StatementReceipt } from '../../../../shared/domain/statement.ts'
import { SyncNoteSchema } from '../../../../shared/rpc/syncStatus.ts'
import type { StatementRow } from '../../../../shared/rpc/syncStatus.ts'
import type { StatementItem, SyncErrorNote } from '../../sync/ports.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Holds for a statement `s` that may not be sent yet: an earlier one of its task waits, as far as `also` says, or the orchestrator does not hold its revision. */
const mustWait = (also: string) => `(EXISTS (SELECT 1 FROM statements e WHERE e.task_id = s.task_id AND e.number < s.number AND e.state = 'waiting' AND ${also})
  OR EXISTS (SELECT 1 FROM submissions own JOIN outbox USING (submission_id) WHERE own.revision_id = s.revision_id))`

/** Keeps a statement, to be sent at once; `json` is its canonical JSON. */
export function insertStatement(db: WorkDatabase, statement: Statement, json: string, createdAt: Instant, now: number): void {
  const { id, taskId, revisionId } = statementFacts(statement)
  change(db, 1, 'INSERT INTO statements (id, task_id, kind, revision_id, json, created_at, next_attempt_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id, taskId, statement.kind, revisionId ?? null, json, createdAt, now)
}

interface Item { json: string; attempts: number }

/** The oldest statements that are due at `now` (milliseconds since 1970) and may be sent. */
export function dueStatements(db: WorkDatabase, now: number, limit: number): StatementItem[] {
  return sql<Item>(db, `SELECT s.json, s.attempts FROM statements s WHERE s.state = 'waiting' AND s.next_attempt_at <= ? AND NOT ${mustWait('e.next_attempt_at > ?')}
    ORDER BY s.number LIMIT ?`).all(now, now, limit).map(({ json, attempts }) => {
    const statement = fromJson(StatementSchema, json)
    return { ...statementFacts(statement), statement, attempts }
  })
}

/** When the next statement is due that need not wait for another one, in milliseconds since 1970. */
export function nextStatementDueAt(db: WorkDatabase): number | undefined {
  return sql<{ next: number | null }>(db, `SELECT min(s.next_attempt_at) AS next FROM statements s WHERE s.state = 'waiting' AND NOT ${mustWait('true')}`).get()?.next ?? undefined
}

export function statementCounts(db: WorkDatabase): { waiting: number; dead: number } {
  const rows = sql<{ state: 'waiting' | 'dead'; count: number }>(db, `SELECT state, count(*) AS count FROM statements WHERE state <> 'acknowledged' GROUP BY state`).all()
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
  return { waiting: count('waiting'), dead: count('dead') }
}

export function findStatement(db: WorkDatabase, id: StatementId): { statement: Statement; json: string; state: 'waiting' | 'dead' | 'acknowledged' } | undefined {
  const row = sql<{ json: string; state: 'waiting' | 'dead' | 'acknowledged' }>(db, 'SELECT json, state FROM statements WHERE id = ?').get(id)
  return row === undefined ? undefined : { ...row, statement: fromJson(StatementSchema, row.json) }
}

/** Keeps a verified receipt, with which a statement is no longer to be sent. */
export function acknowledgeStatement(db: WorkDatabase, receipt: StatementReceipt, serverEpoch: string | undefined): void {
  change(db, 1, `UPDATE statements SET state = 'acknowledged', receipt = ?, server_epoch = ?, error = NULL WHERE id = ?`, JSON.stringify(receipt), serverEpoch ?? null, receipt.statementId)
}

/** Puts a statement off until `nextAttemptAt` (milliseconds since 1970) after a failed attempt. */
export function postponeStatement(db: WorkDatabase, id: StatementId, nextAttemptAt: number, error: SyncErrorNote): void {
  change(db, 1, 'UPDATE statements SET attempts = attempts + 1, next_attempt_at = ?, error = ? WHERE id = ?', nextAttemptAt, JSON.stringify(error), id)
}

/** Lays a statement aside, visibly; the others go on without it. */
export function markStatementDead(db: WorkDatabase, id: StatementId, error: SyncErrorNote): void {
  change(db, 1, `UPDATE statements SET state = 'dead', attempts = attempts + 1, error = ? WHERE id = ?`, JSON.stringify(error), id)
}

/** Makes a statement due at `now`, whatever happened to it before. */
export function offerStatementAgain(db: WorkDatabase, id: StatementId, now: number): void {
  change(db, 1, `UPDATE statements SET state = 'waiting', next_attempt_at = ?, error = NULL, receipt = NULL, server_epoch = NULL WHERE id = ?`, now, id)
}

/** The statements whose receipts came from another server epoch than this one. */
export function statementsOfOtherEpochs(db: WorkDatabase, epoch: string): { id: StatementId; taskId: TaskId }[] {
  return sql<{ id: StatementId; taskId: TaskId }>(db, `SELECT id, task_id AS taskId FROM statements WHERE state = 'acknowledged' AND server_epoch IS NOT ? ORDER BY number`).all(epoch)
}

/** Receipts that came before the first pull told the server's epoch belong to that epoch. */
export function adoptStatementEpoch(db: WorkDatabase, epoch: string): void {
  sql(db, `UPDATE statements SET server_epoch = ? WHERE state = 'acknowledged' AND server_epoch IS NULL`).run(epoch)
}

interface Row extends Item { state: 'waiting' | 'dead'; name: string; createdAt: Instant; nextAttemptAt: number; error: string | null }

/** The statements that are not acknowledged, as the window shows them, oldest first. */
export function openStatementRows(db: WorkDatabase): StatementRow[] {
  return sql<Row>(db, `SELECT s.json, s.attempts, s.state, s.created_at AS createdAt, s.next_attempt_at AS nextAttemptAt, s.error, t.name
    FROM statements s JOIN tasks t ON t.id = s.task_id WHERE s.state <> 'acknowledged' ORDER BY s.number`).all().map(({ json, error, nextAttemptAt, ...row }) => {
    const statement = fromJson(StatementSchema, json)
    const note = fromNullableJson(SyncNoteSchema, error)
    const { id, taskId } = statementFacts(statement)
    return { ...row, id, taskId, kind: statement.kind, ...(note === undefined ? {} : { error: note }), ...(row.state === 'waiting' ? { nextAttemptAt: instantOf(nextAttemptAt) } : {}) }
  })
}
