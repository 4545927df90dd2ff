import type { TaskId } from '../../../shared/domain/ids.ts'
import type { SubmitResult } from '../../../shared/rpc/openTask.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { queueSubmission } from './queueSubmission.ts'
import { requireTask } from './requireTask.ts'

/**
 * Passes a task over for a reason. The result carries no labels, so there is nothing that could break the schema, and a task whose schema this
 * program does not know can be passed over too; the draft stays here. `timeOnTaskMs` in milliseconds. @throws RpcError notFound, notAllowed.
 */
export function skipTask(context: WorkContext, taskId: TaskId, timeOnTaskMs: number, reason: string): SubmitResult {
  const result = inTransaction(context.db, () => queueSubmission(context, requireTask(context.db, taskId), [], { kind: 'skipped', reason }, timeOnTaskMs))
  context.notify('tasks.changed', { taskIds: [taskId] })
  return result
}
