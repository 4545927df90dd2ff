import type { SubmissionCommit } from '../../../shared/api/messages.ts'
import type { SubmissionId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { offerAgain } from '../db/repositories/outbox.ts'
import { findSubmission } from '../db/repositories/submissions.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { refreshStanding } from './standing.ts'

/** Makes a submission in the outbox due at once, a dead letter too, with the same bytes and id. @throws RpcError notFound when it is not in the outbox; notAllowed when a later one replaced it. */
export function retrySubmission(context: WorkContext, id: SubmissionId): void {
  const taskId = inTransaction(context.db, () => {
    const submission = findSubmission(context.db, id)
    if (submission === undefined || submission.place === 'acknowledged') throw new RpcError('notFound', `Submission ${id} is not in the outbox`)
    if (submission.replacedBy !== null) throw new RpcError('notAllowed', 'A later submission of the task took its place')
    reviveSubmission(context, submission.commit, 'asked')
    return submission.commit.taskId
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
}

/** Part of the caller's transaction. */
export function reviveSubmission(context: WorkContext, { submissionId, taskId }: SubmissionCommit, reason: 'asked' | 'submittedAgain' | 'serverEpochChanged' | 'deviceRenewed'): void {
  offerAgain(context.db, submissionId, context.clock.now())
  refreshStanding(context, taskId)
  appendAudit(context, 'submissionRetried', { taskId, actor: context.userId, details: { submissionId, reason } })
}
