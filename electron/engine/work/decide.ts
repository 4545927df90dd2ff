import { v7 } from 'uuid'
import { takeVersion } from '../../../shared/domain/adoptVersion.ts'
import { isEmptyDiff } from '../../../shared/diff/recordsDiff.ts'
import { ReviewIdSchema } from '../../../shared/domain/ids.ts'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { ReviewSchema } from '../../../shared/domain/review.ts'
import type { Review } from '../../../shared/domain/review.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import { validateDraft } from '../../../shared/domain/validateDraft.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { CorrectionResult, DecisionRequest } from '../../../shared/rpc/reviewing.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import { readMeta } from '../db/repositories/meta.ts'
import { findRemoteRevision, settleRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { noteFrozen } from '../db/repositories/tasks.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendEdits } from './commitEdits.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { keepStacks } from './historyStacks.ts'
import { queueSubmission } from './queueSubmission.ts'
import { requireTask } from './requireTask.ts'
import { refreshStanding } from './standing.ts'
import { keepStatement } from './statements.ts'
import { requireRevision } from './taskStory.ts'

/**
 * Decides on a result, durably and at once; the decision is sent like a submission. @throws RpcError notAllowed without the reviewer's role, on one's own
 * result, and for a rejection that says nothing; notFound when the result is not here.
 */
export function decide(context: WorkContext, { taskId, revisionId, decision, reasons, comment }: DecisionRequest): Review {
  expectReviewer(context)
  const revision = requireRevision(context.db, revisionId)
  if (revision.taskId !== taskId) throw new RpcError('notFound', `Revision ${revisionId} is of another task`)
  if (revision.author === context.userId) throw new RpcError('notAllowed', 'Nobody decides on their own result')
  if (decision === 'rejected' && reasons.length === 0 && comment.trim() === '') throw new RpcError('notAllowed', 'A rejection needs a reason or a comment')
  const review = inTransaction(context.db, () => keepReview(context, { taskId, revisionId, decision, reasons, comment }))
  context.notify('tasks.changed', { taskIds: [taskId] })
  return review
}

/** In the caller's transaction. */
function keepReview(context: WorkContext, said: Omit<Review, 'id' | 'reviewer' | 'createdAt'>): Review {
  const review = ReviewSchema.parse({ ...said, id: ReviewIdSchema.parse(v7({ msecs: context.clock.now() })), reviewer: context.userId, createdAt: instantNow(context.clock) })
  keepStatement(context, { kind: 'review', record: review })
  return review
}

/** @throws RpcError notAllowed for a person who may not decide on the results of others. */
export function expectReviewer({ db }: Pick<WorkContext, 'db'>): void {
  if (!mayReview(readMeta(db, 'user')?.roles ?? [])) throw new RpcError('notAllowed', 'Deciding on results needs the role of a reviewer')
}

/**
 * Makes somebody's result the draft here, so that the reviewer can mend it: one edit that can be undone. The next revision grows from that result.
 * @throws RpcError conflict while there are edits here that were not submitted; notAllowed, notFound.
 */
export function beginCorrection(context: WorkContext, taskId: TaskId, revisionId: RevisionId): void {
  expectReviewer(context)
  const { db } = context
  const revision = requireRevision(db, revisionId)
  const edits = inTransaction(db, () => {
    const task = requireTask(db, taskId)
    if (task.journalSeq > task.frozenSeq) throw new RpcError('conflict', 'There are edits of your own on this task that were not submitted')
    const draft = new Map(draftRecords(db, taskId).map((record) => [record.id, record]))
    const diff = takeVersion(draft, revision)
    const at = instantNow(context.clock)
    const appended = isEmptyDiff(diff) ? undefined : appendEdits(context, { taskId, afterSeq: task.journalSeq, lines: [{ kind: 'edit', name: 'takeVersion', diff }], timeOnTaskMs: task.timeOnTaskMs }, at)
    if (findRemoteRevision(db, revisionId) !== undefined) settleRemoteRevision(db, revisionId, taskId, at)
    const { journalSeq, timeOnTaskMs } = requireTask(db, taskId)
    noteFrozen(db, taskId, journalSeq, timeOnTaskMs)
    refreshStanding(context, taskId)
    return appended
  })
  if (edits !== undefined) keepStacks(db, taskId, edits.journalSeq, edits.stacks)
  context.notify('tasks.changed', { taskIds: [taskId] })
}

/**
 * Submits the mended draft and accepts it, in one transaction. Where nothing was mended, the result is accepted as it is.
 * @throws RpcError notAllowed, notFound.
 */
export function acceptCorrection(context: WorkContext, taskId: TaskId, corrects: RevisionId, timeOnTaskMs: number, comment: string): CorrectionResult {
  expectReviewer(context)
  const { db } = context
  const result = inTransaction(db, (): CorrectionResult => {
    const task = requireTask(db, taskId)
    if (task.journalSeq === task.frozenSeq) {
      return { kind: 'accepted', review: keepReview(context, { taskId, revisionId: corrects, decision: 'accepted', reasons: [], comment }) }
    }
    const schema = getLabelSchema(db, task.schemaHash)
    const asset = getAsset(db, task.assetId)
    if (schema === undefined || asset === undefined) throw new RpcError('notAllowed', 'The label schema or the image of the task cannot be used')
    const records = draftRecords(db, taskId)
    const violations = validateDraft(records, schema, asset)
    if (violations.length > 0) return { kind: 'invalid', violations }
    const submitted = queueSubmission(context, task, records, { kind: 'labelled' }, timeOnTaskMs)
    if (submitted.kind === 'invalid') return submitted
    return { kind: 'accepted', review: keepReview(context, { taskId, revisionId: submitted.revisionId, corrects, decision: 'accepted', reasons: [], comment }) }
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
  return result
}
