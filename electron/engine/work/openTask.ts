import type { TaskId } from '../../../shared/domain/ids.ts'
import { replayHistory } from '../../../shared/domain/journal.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { OpenedTask } from '../../../shared/rpc/openTask.ts'
import { assetProblem, getAsset } from '../db/repositories/assets.ts'
import { readJournalSteps } from '../db/repositories/journal.ts'
import { getLabelSchema, labelSchemaProblem } from '../db/repositories/labelSchemas.ts'
import { getTaskRecord } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { keepStacks } from './historyStacks.ts'
import { requireTask } from './requireTask.ts'
import { firstContent } from './taskContent.ts'

/**
 * All that is known of a task but its pixels: its records, and the undo and redo stacks rebuilt from the journal. Of a large one the first part; `nextContent`
 * gives the others. @throws RpcError notFound.
 */
export function openTask(db: WorkDatabase, taskId: TaskId): Omit<OpenedTask, 'image'> {
  const task = requireTask(db, taskId)
  const asset = getAsset(db, task.assetId)
  if (asset === undefined) throw new RpcError('notFound', `The image of task ${taskId} has not been announced yet`)
  const stacks = replayHistory(readJournalSteps(db, taskId))
  keepStacks(db, taskId, task.journalSeq, { undo: [...stacks.undo], redo: [...stacks.redo] })
  const schema = getLabelSchema(db, task.schemaHash)
  const problem = labelSchemaProblem(db, task.schemaHash) ?? assetProblem(db, task.assetId)
  return {
    task: getTaskRecord(db, task), standing: task.standing, asset, ...firstContent(db, taskId, stacks),
    journalSeq: task.journalSeq, timeOnTaskMs: task.timeOnTaskMs, prefetch: task.prefetch,
    ...(schema === undefined ? {} : { schema }), ...(problem === undefined ? {} : { problem }),
  }
}
