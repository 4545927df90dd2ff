import { GoldAnswerSchema } from '../../../shared/domain/gold.ts'
import { announce, reviewersOf } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'

/** The right answer to a task, which is scored against from now on; `feedback` says when authors learn their scores. */
export interface NewGold {
  shapes: readonly unknown[]
  tags?: readonly string[]
  threshold?: number
  feedback: 'atOnce' | 'later' | 'never'
}

/** Makes a task a gold one, or gives it another answer. Scores that there are stay as they are. */
export async function setGold(trx: Trx, taskId: string, gold: NewGold): Promise<void> {
  const answer = JSON.stringify(GoldAnswerSchema.parse({ taskId, ...gold }))
  const { projectId } = await trx.selectFrom('tasks').select('projectId').where('id', '=', taskId).executeTakeFirstOrThrow()
  await trx.insertInto('goldAnswers').values({ taskId, answer }).onConflict((conflict) => conflict.column('taskId').doUpdateSet({ answer })).execute()
  await announce(trx, await reviewersOf(trx, projectId), [{ kind: 'gold', op: 'upsert', recordId: taskId }])
}

/** Tells authors the scores of a project that were kept back until now. Those that come later wait for the next release. */
export async function releaseGoldScores(trx: Trx, projectId: string): Promise<void> {
  const rows = await trx.selectFrom('goldScores').innerJoin('tasks', 'tasks.id', 'goldScores.taskId')
    .where('projectId', '=', projectId).where('feedback', '=', 'later').where('isReleased', '=', 0).select(['revisionId', 'author']).orderBy('revisionId').execute()
  if (rows.length === 0) return
  await trx.updateTable('goldScores').set({ isReleased: 1 }).where('revisionId', 'in', rows.map(({ revisionId }) => revisionId)).execute()
  for (const { revisionId, author } of rows) await announce(trx, [author], [{ kind: 'goldScore', op: 'upsert', recordId: revisionId }])
}
