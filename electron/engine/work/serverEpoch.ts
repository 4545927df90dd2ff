import type { TaskId } from '../../../shared/domain/ids.ts'
import { doubtLastAcknowledged } from '../db/repositories/auditLog.ts'
import { forgetMeta, readMeta, writeMeta } from '../db/repositories/meta.ts'
import { adoptServerEpoch, takeReceiptsOfOtherEpochs } from '../db/repositories/receipts.ts'
import { adoptStatementEpoch, statementsOfOtherEpochs } from '../db/repositories/statements.ts'
import { findSubmission, noteJournal } from '../db/repositories/submissions.ts'
import { forgetServerSequences } from '../db/repositories/tasks.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { reviveStatement } from './statements.ts'
import { reviveSubmission } from './retrySubmission.ts'

/** The server's history was rolled back: pulling starts over, in the epoch that the server is in now. */
export function startNewServerEpoch(context: WorkContext, epoch: string): void {
  const taskIds = inTransaction(context.db, () => {
    forgetMeta(context.db, 'pull')
    return enterServerEpoch(context, epoch)
  })
  if (taskIds.length > 0) context.notify('tasks.changed', { taskIds })
}

/**
 * Notes the epoch that the server is in, in the caller's transaction. When it is another one than before, every submission is offered again whose
 * receipt came from elsewhere; ids and bytes are the same, so a server that still has it answers with a receipt and counts nothing twice.
 * It is asked too whether it still holds the audit log. Answers whose submissions those are.
 */
export function enterServerEpoch(context: WorkContext, epoch: string): TaskId[] {
  const { db } = context
  const known = readMeta(db, 'serverEpoch')
  if (known === epoch) return []
  writeMeta(db, 'serverEpoch', epoch)
  if (known === undefined) {
    adoptServerEpoch(db, epoch)
    adoptStatementEpoch(db, epoch)
    return []
  }
  forgetServerSequences(db)
  // A server that lost audit entries says so when it is offered the last one, and one that did not takes little.
  doubtLastAcknowledged(db)
  const receipts = takeReceiptsOfOtherEpochs(db, epoch)
  const statements = statementsOfOtherEpochs(db, epoch)
  appendAudit(context, 'serverEpochChanged', { details: { from: known, to: epoch, offered: receipts.length, statements: statements.length } })
  for (const { id, taskId } of statements) reviveStatement(context, id, taskId, 'serverEpochChanged')
  return receipts.map(({ submissionId }) => {
    const submission = findSubmission(db, submissionId)
    if (submission === undefined) throw new Error(`A receipt without a submission: ${submissionId}`)
    reviveSubmission(context, submission.commit, 'serverEpochChanged')
    noteJournal(db, submissionId, 'waiting')
    return submission.commit.taskId
  })
}
