import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { Review } from '../../../shared/domain/review.ts'
import { announce, audienceOf, seesAllTasks } from '../db/changes.ts'
import { inWrite } from '../db/open.ts'
import { reviewOf, taskOf } from '../db/records.ts'
import type { Trx } from '../db/tables.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { conflict, forbidden, notFound } from '../http/problems.ts'
import type { Caller, Services } from '../http/services.ts'

/** A reviewer's decision on a revision that was submitted. Idempotent by its id. */
export const review: Handler<'review'> = async (services, { body, caller }) => {
  if (!seesAllTasks(caller.roles)) throw forbidden('Reviewing needs the reviewer role')
  if (body.reviewer !== caller.userId) throw forbidden('A review is signed by the person who makes it')
  const answer = await inWrite(services.db, async (trx) => {
    const held = await trx.selectFrom('reviews').selectAll().where('id', '=', body.id).executeTakeFirst()
    if (!held) return record(services, trx, body, caller)
    if (canonicalJson(reviewOf(held)) !== canonicalJson(body)) throw conflict('This id stands for another review')
    return body
  })
  services.webhooks.wake()
  return answer
}

async function record(services: Services, trx: Trx, body: Review, caller: Caller): Promise<Review> {
  const task = await trx.selectFrom('tasks').innerJoin('projectMembers', 'projectMembers.projectId', 'tasks.projectId')
    .where('tasks.id', '=', body.taskId).where('tasks.deleted', '=', 0).where('projectMembers.userId', '=', caller.userId)
    .selectAll('tasks').executeTakeFirst()
  if (!task) throw notFound('task')
  const submission = await trx.selectFrom('submissions').select('id').where('taskId', '=', body.taskId).where('revisionId', '=', body.revisionId).executeTakeFirst()
  if (!submission) throw notFound('revision')
  await trx.insertInto('reviews').values(body).execute()
  await trx.updateTable('submissions').set({ toReview: 0 }).where('id', '=', submission.id).execute()
  const outcome = outcomeFor(body, taskOf(task))
  if (outcome) await trx.updateTable('tasks').set(outcome).where('id', '=', task.id).execute()
  await announce(trx, await audienceOf(trx, task), [
    { kind: 'task', op: 'upsert', recordId: task.id },
    { kind: 'review', op: 'upsert', recordId: body.id },
  ])
  const { id: reviewId, taskId, revisionId, decision, reviewer } = body
  await services.webhooks.enqueue(trx, { type: 'review.created', data: { reviewId, taskId, revisionId, decision, reviewer } })
  return body
}

/** An accepted revision becomes the head. A rejected one sends the task back only if it was the head: else another version stands. */
function outcomeFor({ decision, revisionId }: Review, task: { state: string; headRevision?: string }): { state: string; headRevision?: string } | undefined {
  if (task.state === 'cancelled' || task.state === 'released') return undefined
  if (decision === 'accepted') return { state: 'accepted', headRevision: revisionId }
  return revisionId === task.headRevision ? { state: 'returned' } : undefined
}
