import type { Comment } from '../../../shared/domain/comment.ts'
import { announce, audienceOf } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { conflict, notFound } from '../http/problems.ts'
import type { Caller, Services } from '../http/services.ts'
import { visibleTasks } from './visibleRecords.ts'

/** Records a remark on a task that the person sees or once had, and tells everybody who sees the task. @throws ProblemError 404, 409. */
export async function recordComment(services: Services, trx: Trx, comment: Comment, caller: Caller): Promise<void> {
  const task = await trx.selectFrom('tasks').selectAll().where('id', '=', comment.taskId).executeTakeFirst()
  const sees = await visibleTasks(trx, caller).where('tasks.id', '=', comment.taskId).select('tasks.id').executeTakeFirst()
  const had = await trx.selectFrom('taskAssignments').select('taskId').where('taskId', '=', comment.taskId).where('userId', '=', caller.userId).executeTakeFirst()
  if (!task || (!sees && !had)) throw notFound('task')
  if ((comment.act.kind === 'opened') !== (String(comment.threadId) === String(comment.id))) throw conflict('A thread has the id of the comment that opens it')
  const { act, revisionId, ...row } = comment
  await trx.insertInto('comments').values({ ...row, revisionId: revisionId ?? null, act: JSON.stringify(act) }).execute()
  await announce(trx, await audienceOf(trx, task), [{ kind: 'comment', op: 'upsert', recordId: comment.id }])
  await services.webhooks.enqueue(trx, { type: 'comment.created', data: { commentId: comment.id, taskId: comment.taskId, threadId: comment.threadId, author: comment.author, act: act.kind } })
}
