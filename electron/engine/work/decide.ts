import { v7 } from 'uuid'
import { ReviewIdSchema } from '../../../shared/domain/ids.ts'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { ReviewSchema } from '../../../shared/domain/review.ts'
import type { Review } from '../../../shared/domain/review.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import { validateDraft } from '../../../shared/domain/validateDraft.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { CorrectionResult, DecisionRequest } from '../../../shared/rpc/reviewing.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import { readMeta } from '../db/repositories/meta.ts'
import { noteFrozen } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { keepStacks } from './historyStacks.ts'
import { queueSubmission } from './queueSubmission.ts'
import { replaceDraft } from './replaceDraft.ts'
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
  const revision = requireResult(context.db, taskId, revisionId)
  if (revision.author === context.userId) throw new RpcError('notAllowed', 'Nobody decides on their own result')
  if (decision === 'rejected' && reasons.length === 0 && comment.trim() === '') throw new RpcError('notAllowed', 'A rejection needs a reason or a comment')
  const review = inTransaction(context.db, () => keepReview(context, { taskId, revisionId, decision, reasons, comment }))
  context.notify('tasks.changed', { taskIds: [taskId] })
  return review
}

function requireResult(db: WorkDatabase, taskId: TaskId, id: RevisionId): Revision {
  const revision = requireRevision(db, id)
  if (revision.taskId !== taskId) throw new RpcError('notFound', `Revision ${id} is of another task`)
  return revision
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
  const revision = requireResult(db, taskId, revisionId)
  const edits = inTransaction(db, () => {
    const replaced = replaceDraft(context, { taskId, name: 'takeVersion', content: revision, from: [revisionId] })
    const { journalSeq, timeOnTaskMs } = requireTask(db, taskId)
    noteFrozen(db, taskId, journalSeq, timeOnTaskMs)
    refreshStanding(context, taskId)
    return replaced
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
