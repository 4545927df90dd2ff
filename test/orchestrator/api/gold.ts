import { GoldAnswerSchema, GoldScoreSchema } from '../../../shared/domain/gold.ts'
import type { Instant, RevisionId } from '../../../shared/domain/ids.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import { scoreAgainstGold } from '../../../shared/quality/goldScore.ts'
import { parseJson } from '../db/records.ts'
import type { Trx } from '../db/tables.ts'

/** Scores a result that has just come, if its task is a gold one. What was passed over is no answer. */
export async function scoreGold(trx: Trx, revision: Revision, revisionId: RevisionId, at: Instant): Promise<void> {
  const { taskId, author } = revision
  const gold = await trx.selectFrom('goldAnswers').select('answer').where('taskId', '=', taskId).executeTakeFirst()
  if (!gold || revision.outcome.kind === 'skipped') return
  const answer = GoldAnswerSchema.parse(parseJson(gold.answer))
  const score = GoldScoreSchema.parse({ revisionId, taskId, author, at, ...scoreAgainstGold(answer, revision) })
  await trx.insertInto('goldScores').values({ revisionId, taskId, author, feedback: answer.feedback, isReleased: 0, score: JSON.stringify(score) }).execute()
}
