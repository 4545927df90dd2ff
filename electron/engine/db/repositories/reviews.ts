import type { ReviewId, TaskId } from '../../../../shared/domain/ids.ts'
import { ReviewSchema } from '../../../../shared/domain/review.ts'
import type { Review } from '../../../../shared/domain/review.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Stores a review as it was received. Answers whether it was news. */
export function putReview(db: WorkDatabase, review: Review, seq: number): boolean {
  return sql(db, `INSERT INTO reviews (id, task_id, raw, seq) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET task_id = excluded.task_id, raw = excluded.raw, seq = excluded.seq WHERE excluded.seq > reviews.seq`)
    .run(review.id, review.taskId, JSON.stringify(review), seq).changes > 0
}

/** Removes a review; answers whose it was. */
export function dropReview(db: WorkDatabase, id: ReviewId): TaskId | undefined {
  return sql<{ taskId: TaskId }>(db, 'DELETE FROM reviews WHERE id = ? RETURNING task_id AS taskId').get(id)?.taskId
}

export function reviewsOf(db: WorkDatabase, taskId: TaskId): Review[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM reviews WHERE task_id = ? ORDER BY id').all(taskId).map(({ raw }) => fromJson(ReviewSchema, raw))
}
