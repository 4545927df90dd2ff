import type { TaskId } from '../../../shared/domain/ids.ts'
import { validateDraft } from '../../../shared/domain/validateDraft.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { SubmitResult } from '../../../shared/rpc/openTask.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { getLabelSchema, labelSchemaProblem } from '../db/repositories/labelSchemas.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { queueSubmission } from './queueSubmission.ts'
import { requireTask } from './requireTask.ts'

/**
 * Hands a task in: checks the draft against the label schema that the task is pinned to and freezes it into the outbox, durably and at once,
 * online or not. A draft that breaks its schema stays a draft. `timeOnTaskMs` in milliseconds.
 * @throws RpcError notFound; notAllowed when the schema or image is missing or unknown, or the task was cancelled.
 */
export function submitTask(context: WorkContext, taskId: TaskId, timeOnTaskMs: number): SubmitResult {
  const { db } = context
  const result = inTransaction(db, (): SubmitResult => {
    const task = requireTask(db, taskId)
    const schema = getLabelSchema(db, task.schemaHash)
    const asset = getAsset(db, task.assetId)
    if (schema === undefined) throw new RpcError('notAllowed', `The label schema cannot be used: ${labelSchemaProblem(db, task.schemaHash)?.detail ?? ''}`)
    if (asset === undefined) throw new RpcError('notAllowed', 'The image of the task has not been announced yet')
    const records = draftRecords(db, taskId)
    const violations = validateDraft(records, schema, asset)
    if (violations.length > 0) return { kind: 'invalid', violations }
    return queueSubmission(context, task, records, { kind: 'labelled' }, timeOnTaskMs)
  })
  if (result.kind === 'submitted') context.notify('tasks.changed', { taskIds: [taskId] })
  return result
}
