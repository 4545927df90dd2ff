import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { StatementId, TaskId } from '../../../shared/domain/ids.ts'
import { STATEMENT_RECEIPT_DOMAIN, statementFacts } from '../../../shared/domain/statement.ts'
import type { Statement, StatementReceipt } from '../../../shared/domain/statement.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { sha256 } from '../audit/hashing.ts'
import { putComment } from '../db/repositories/comments.ts'
import { readMeta } from '../db/repositories/meta.ts'
import { putReview } from '../db/repositories/reviews.ts'
import { acknowledgeStatement, findStatement, insertStatement, markStatementDead, offerStatementAgain } from '../db/repositories/statements.ts'
import { inTransaction } from '../db/transaction.ts'
import type { SyncErrorNote } from '../sync/ports.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { isFromServer } from './serverKey.ts'

/** Keeps what a person says, to be sent, and shows it here at once; in the caller's transaction. */
export function keepStatement(context: WorkContext, statement: Statement): void {
  const { db, clock, userId } = context
  const { id, taskId } = statementFacts(statement)
  insertStatement(db, statement, canonicalJson(statement), instantNow(clock), clock.now())
  switch (statement.kind) {
    case 'review': {
      const { revisionId, decision, reasons } = statement.record
      putReview(db, statement.record, 0)
      return appendAudit(context, 'reviewed', { taskId, actor: userId, details: { reviewId: id, revisionId, decision, reasons } })
    }
    case 'comment': {
      const { threadId, act } = statement.record
      putComment(db, statement.record, 0)
      return appendAudit(context, 'commented', { taskId, actor: userId, details: { commentId: id, threadId, act: act.kind } })
    }
    default: return assertNever(statement, 'statement')
  }
}

/**
 * Takes the orchestrator's word that it holds a statement. The same receipt again changes nothing.
 * @throws RemoteError conflict when it speaks of other words than ours; corrupt when its signature is not the server's, or nothing was said under that id.
 */
export function acceptStatementReceipt(context: WorkContext, receipt: StatementReceipt): void {
  const { db } = context
  const held = findStatement(db, receipt.statementId)
  if (held === undefined) throw new RemoteError({ kind: 'corrupt' }, `A receipt for an unknown statement: ${receipt.statementId}`)
  if (!isFromServer(db, STATEMENT_RECEIPT_DOMAIN, receipt)) throw new RemoteError({ kind: 'corrupt' }, 'The receipt was not signed by the orchestrator that is known')
  const { taskId } = statementFacts(held.statement)
  const ours = sha256(held.json)
  if (receipt.sha256 !== ours || receipt.taskId !== taskId) {
    throw new RemoteError({ kind: 'conflict', status: 200, code: 'hashMismatch' }, `The orchestrator holds ${receipt.sha256}, here is ${ours}`)
  }
  if (held.state === 'acknowledged') return
  inTransaction(db, () => {
    acknowledgeStatement(db, receipt, readMeta(db, 'serverEpoch'))
    appendAudit(context, 'statementAcknowledged', { taskId, details: { ...receipt } })
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
}

/** Lays a statement aside that the orchestrator will not take; it stays visible. @throws Error when there is none. */
export function refuseStatement(context: WorkContext, id: StatementId, note: SyncErrorNote): void {
  const taskId = inTransaction(context.db, () => {
    const held = findStatement(context.db, id)
    if (held === undefined) throw new Error(`No statement ${id}`)
    markStatementDead(context.db, id, note)
    const facts = statementFacts(held.statement)
    appendAudit(context, 'statementRefused', { taskId: facts.taskId, details: { statementId: id, kind: note.kind, message: note.message } })
    return facts.taskId
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
}

/** Makes a statement due at once that was refused, or waits. @throws RpcError notFound when it is not to be sent. */
export function retryStatement(context: WorkContext, id: StatementId): void {
  const taskId = inTransaction(context.db, () => {
    const held = findStatement(context.db, id)
    if (held === undefined || held.state === 'acknowledged') throw new RpcError('notFound', `Statement ${id} is not to be sent`)
    const facts = statementFacts(held.statement)
    reviveStatement(context, id, facts.taskId, 'asked')
    return facts.taskId
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
}

/** Part of the caller's transaction. */
export function reviveStatement(context: WorkContext, id: StatementId, taskId: TaskId, reason: 'asked' | 'serverEpochChanged'): void {
  offerStatementAgain(context.db, id, context.clock.now())
  appendAudit(context, 'statementRetried', { taskId, actor: context.userId, details: { statementId: id, reason } })
}
