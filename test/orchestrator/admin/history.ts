import { randomUUID } from 'node:crypto'
import { announceTask } from '../db/changes.ts'
import { inWrite } from '../db/open.ts'
import { revisionsBeside } from '../api/submissionPlace.ts'
import type { Trx } from '../db/tables.ts'
import type { Services } from '../http/services.ts'

/**
 * What a server does that was restored from a backup: it forgets every submission with a greater `seq` and what was said of it, takes their
 * tasks back to where they stood, and starts a new epoch, so that every cursor expires. Objects stay; of each audit chain the first
 * `keepAuditUntilSeq` entries, all of them by default.
 */
export function rollBack({ db }: Services, keepUntilSeq: number, keepAuditUntilSeq = Number.MAX_SAFE_INTEGER): Promise<void> {
  return inWrite(db, async (trx) => {
    const forgotten = await trx.selectFrom('submissions').select(['taskId', 'revisionId']).where('seq', '>', keepUntilSeq).execute()
    await trx.deleteFrom('submissions').where('seq', '>', keepUntilSeq).execute()
    await trx.deleteFrom('auditEntries').where('seq', '>', keepAuditUntilSeq).execute()
    const revisions = forgotten.map(({ revisionId }) => revisionId)
    if (revisions.length > 0) await forgetStatements(trx, revisions)
    for (const taskId of new Set(forgotten.map((submission) => submission.taskId))) await standAsBefore(trx, taskId)
    await trx.updateTable('serverState').set({ epoch: randomUUID(), submissionSeq: keepUntilSeq }).execute()
  })
}

async function forgetStatements(trx: Trx, revisions: readonly string[]): Promise<void> {
  const reviews = await trx.deleteFrom('reviews').where('revisionId', 'in', revisions).returning('id').execute()
  const comments = await trx.deleteFrom('comments').where('revisionId', 'in', revisions).returning('id').execute()
  const forgotten = [...reviews, ...comments]
  await trx.deleteFrom('goldScores').where('revisionId', 'in', revisions).execute()
  if (forgotten.length > 0) await trx.deleteFrom('statementReceipts').where('statementId', 'in', forgotten.map(({ id }) => id)).execute()
}

async function standAsBefore(trx: Trx, taskId: string): Promise<void> {
  const head = await trx.selectFrom('submissions').select('revisionId').where('taskId', '=', taskId).where('late', '=', 0).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const task = await trx.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirstOrThrow()
  const state = task.state === 'cancelled' || task.state === 'released' ? task.state : await stateOf(trx, head?.revisionId)
  const otherRevisions = head === undefined ? [] : await revisionsBeside(trx, taskId, head.revisionId)
  await trx.updateTable('tasks').set({ state, headRevision: head?.revisionId ?? null, otherRevisions: JSON.stringify(otherRevisions) }).where('id', '=', taskId).execute()
  await announceTask(trx, task)
}

async function stateOf(trx: Trx, revisionId: string | undefined): Promise<string> {
  if (revisionId === undefined) return 'assigned'
  const review = await trx.selectFrom('reviews').select('decision').where('revisionId', '=', revisionId).orderBy('createdAt', 'desc').limit(1).executeTakeFirst()
  if (!review) return 'submitted'
  return review.decision === 'accepted' ? 'accepted' : 'returned'
}
