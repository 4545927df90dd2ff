import type { Review } from '../../../shared/domain/review.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import { announce, audienceOf } from '../db/changes.ts'
import { taskOf } from '../db/records.ts'
import type { Trx } from '../db/tables.ts'
import { forbidden, notFound } from '../http/problems.ts'
import type { Caller, Services } from '../http/services.ts'

/** Records a reviewer's decision on a revision that was submitted, and moves its task on. @throws ProblemError 403 or 404. */
export async function recordReview(services: Services, trx: Trx, review: Review, caller: Caller): Promise<void> {
  if (!mayReview(caller.roles)) throw forbidden('Reviewing needs the reviewer role')
  const task = await trx.selectFrom('tasks').innerJoin('projectMembers', 'projectMembers.projectId', 'tasks.projectId')
    .where('tasks.id', '=', review.taskId).where('tasks.deleted', '=', 0).where('projectMembers.userId', '=', caller.userId)
    .selectAll('tasks').executeTakeFirst()
  if (!task) throw notFound('task')
  const submission = await trx.selectFrom('submissions').select('id').where('taskId', '=', review.taskId).where('revisionId', '=', review.revisionId).executeTakeFirst()
  if (!submission) throw notFound('revision')
  const { corrects, reasons, ...row } = review
  await trx.insertInto('reviews').values({ ...row, corrects: corrects ?? null, reasons: JSON.stringify(reasons) }).execute()
  const decidedOn = [review.revisionId, ...(corrects === undefined ? [] : [corrects])]
  await trx.updateTable('submissions').set({ toReview: 0 }).where('taskId', '=', task.id).where('revisionId', 'in', decidedOn).execute()
  const outcome = outcomeFor(review, taskOf(task))
  if (outcome) await trx.updateTable('tasks').set(outcome).where('id', '=', task.id).execute()
  await announce(trx, await audienceOf(trx, task), [
    { kind: 'task', op: 'upsert', recordId: task.id },
    { kind: 'review', op: 'upsert', recordId: review.id },
  ])
  const { id: reviewId, taskId, revisionId, decision, reviewer } = review
  await services.webhooks.enqueue(trx, { type: 'review.created', data: { reviewId, taskId, revisionId, decision, reviewer } })
}

/** An accepted revision becomes the head. A rejected one sends the task back only if it was the head: else another version stands. */
function outcomeFor({ decision, revisionId }: Review, task: { state: string; headRevision?: string }): { state: string; headRevision?: string } | undefined {
  if (task.state === 'cancelled' || task.state === 'released') return undefined
  if (decision === 'accepted') return { state: 'accepted', headRevision: revisionId }
  return revisionId === task.headRevision ? { state: 'returned' } : undefined
}
