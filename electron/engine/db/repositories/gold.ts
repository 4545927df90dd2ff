import { GoldScoreSchema } from '../../../../shared/domain/gold.ts'
import type { GoldAnswer, GoldScore } from '../../../../shared/domain/gold.ts'
import type { TaskId, UserId } from '../../../../shared/domain/ids.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Stores the right answer to a task as it was received. Answers whether it was news. */
export function putGold(db: WorkDatabase, answer: GoldAnswer, seq: number): boolean {
  return sql(db, `INSERT INTO gold_answers (task_id, raw, seq) VALUES (?, ?, ?)
    ON CONFLICT (task_id) DO UPDATE SET raw = excluded.raw, seq = excluded.seq WHERE excluded.seq > gold_answers.seq`)
    .run(answer.taskId, JSON.stringify(answer), seq).changes > 0
}

/** Stores a score as it was received. Answers whether it is told for the first time: a score does not change. */
export function putGoldScore(db: WorkDatabase, score: GoldScore, seq: number): boolean {
  return sql(db, `INSERT INTO gold_scores (revision_id, task_id, author, at, f1, raw, seq) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
    .run(score.revisionId, score.taskId, score.author, score.at, score.f1, JSON.stringify(score), seq).changes > 0
}

/** The right answer to a task as JSON, not looked into; undefined where it is no gold task, or not for this person. */
export function goldText(db: WorkDatabase, taskId: TaskId): string | undefined {
  return sql<{ raw: string }>(db, 'SELECT raw FROM gold_answers WHERE task_id = ?').get(taskId)?.raw
}

/** Whether the right answer to a task is here. */
export function hasGoldAnswer(db: WorkDatabase, taskId: TaskId): boolean {
  return sql(db, 'SELECT 1 FROM gold_answers WHERE task_id = ?').get(taskId) !== undefined
}

/** The scores of a task's results, oldest first. */
export function scoresOfTask(db: WorkDatabase, taskId: TaskId): GoldScore[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM gold_scores WHERE task_id = ? ORDER BY at, revision_id').all(taskId).map(({ raw }) => fromJson(GoldScoreSchema, raw))
}

/** The score of a person's newest result on a task that is scored. */
export function latestScoreOf(db: WorkDatabase, taskId: TaskId, author: UserId): GoldScore | undefined {
  const row = sql<{ raw: string }>(db, 'SELECT raw FROM gold_scores WHERE task_id = ? AND author = ? ORDER BY at DESC LIMIT 1').get(taskId, author)
  return fromNullableJson(GoldScoreSchema, row?.raw ?? null)
}

/** Takes the answer away from one who is to find it. */
export function dropGold(db: WorkDatabase, taskId: TaskId): void {
  sql(db, 'DELETE FROM gold_answers WHERE task_id = ?').run(taskId)
}

/** Takes away what somebody who does not review may not have: the answers, and the scores of others than `self`. */
export function forgetGold(db: WorkDatabase, self: UserId): void {
  sql(db, 'DELETE FROM gold_answers').run()
  sql(db, 'DELETE FROM gold_scores WHERE author <> ?').run(self)
}
