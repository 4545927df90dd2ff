import type { PredictionId, TaskId } from '../../../../shared/domain/ids.ts'
import { PredictionSchema } from '../../../../shared/domain/prediction.ts'
import type { Prediction } from '../../../../shared/domain/prediction.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Stores a prediction as it was received. Answers whether it was news: a change that is not later than the one held is ignored. */
export function putPrediction(db: WorkDatabase, prediction: Prediction, seq: number): boolean {
  return sql(db, `INSERT INTO predictions (id, task_id, raw, seq) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET task_id = excluded.task_id, raw = excluded.raw, seq = excluded.seq WHERE excluded.seq > predictions.seq`)
    .run(prediction.id, prediction.taskId, JSON.stringify(prediction), seq).changes > 0
}

/** Removes a prediction; answers whose it was. */
export function dropPrediction(db: WorkDatabase, id: PredictionId): TaskId | undefined {
  return sql<{ taskId: TaskId }>(db, 'DELETE FROM predictions WHERE id = ? RETURNING task_id AS taskId').get(id)?.taskId
}

export function predictionsOf(db: WorkDatabase, taskId: TaskId): Prediction[] {
  return predictionTexts(db, taskId).map((raw) => fromJson(PredictionSchema, raw))
}

/** One of them as JSON, not looked into; undefined where it is not here, or of another task. */
export function predictionText(db: WorkDatabase, taskId: TaskId, id: PredictionId): string | undefined {
  return sql<{ raw: string }>(db, 'SELECT raw FROM predictions WHERE task_id = ? AND id = ?').get(taskId, id)?.raw
}

/** All of them as JSON, not looked into. */
export function predictionTexts(db: WorkDatabase, taskId: TaskId): string[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM predictions WHERE task_id = ? ORDER BY id').all(taskId).map(({ raw }) => raw)
}
