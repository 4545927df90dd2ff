import type { SubmissionId } from '../../../shared/domain/ids.ts'
import { markDead } from '../db/repositories/outbox.ts'
import { findSubmission } from '../db/repositories/submissions.ts'
import { inTransaction } from '../db/transaction.ts'
import type { SyncErrorNote } from '../sync/ports.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { refreshStanding } from './standing.ts'

/** Lays a submission aside that the orchestrator will not take. The work stays, and stays visible. @throws Error when it is not in the outbox. */
export function deadLetter(context: WorkContext, id: SubmissionId, note: SyncErrorNote): void {
  const taskId = inTransaction(context.db, () => {
    const submission = findSubmission(context.db, id)
    if (submission === undefined) throw new Error(`No submission ${id}`)
    const { commit } = submission
    markDead(context.db, id, note)
    refreshStanding(context, commit.taskId)
    appendAudit(context, 'submissionRefused', { taskId: commit.taskId, details: { submissionId: id, revisionId: commit.revisionId, kind: note.kind, message: note.message } })
    return commit.taskId
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
}
