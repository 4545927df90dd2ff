import { v7 } from 'uuid'
import { CommentSchema } from '../../../shared/domain/comment.ts'
import type { Comment } from '../../../shared/domain/comment.ts'
import { CommentIdSchema } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { CommentRequest } from '../../../shared/rpc/reviewing.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { requireTask } from './requireTask.ts'
import { keepStatement } from './statements.ts'

/** Keeps a remark on a task, durably and at once; it is sent like a submission. @throws RpcError notFound; invalidRequest when it names no thread and opens none. */
export function addComment(context: WorkContext, { taskId, revisionId, threadId, act }: CommentRequest): Comment {
  if ((act.kind === 'opened') !== (threadId === undefined)) throw new RpcError('invalidRequest', 'All but the first comment name their thread')
  const comment = inTransaction(context.db, () => {
    requireTask(context.db, taskId)
    const id = CommentIdSchema.parse(v7({ msecs: context.clock.now() }))
    const record = CommentSchema.parse({ id, threadId: threadId ?? id, taskId, revisionId, author: context.userId, createdAt: instantNow(context.clock), act })
    keepStatement(context, { kind: 'comment', record })
    return record
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
  return comment
}
