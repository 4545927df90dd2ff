import { CommentSchema } from '../../../../shared/domain/comment.ts'
import type { Comment } from '../../../../shared/domain/comment.ts'
import type { CommentId, TaskId } from '../../../../shared/domain/ids.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Stores a comment as it was received, or (`seq` 0) as it was made here. Answers whether it was news. */
export function putComment(db: WorkDatabase, comment: Comment, seq: number): boolean {
  return sql(db, `INSERT INTO comments (id, task_id, raw, seq) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET task_id = excluded.task_id, raw = excluded.raw, seq = excluded.seq WHERE excluded.seq > comments.seq`)
    .run(comment.id, comment.taskId, JSON.stringify(comment), seq).changes > 0
}

/** Removes a comment; answers on which task it was. */
export function dropComment(db: WorkDatabase, id: CommentId): TaskId | undefined {
  return sql<{ taskId: TaskId }>(db, 'DELETE FROM comments WHERE id = ? RETURNING task_id AS taskId').get(id)?.taskId
}

export function commentsOf(db: WorkDatabase, taskId: TaskId): Comment[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM comments WHERE task_id = ? ORDER BY id').all(taskId).map(({ raw }) => fromJson(CommentSchema, raw))
}
