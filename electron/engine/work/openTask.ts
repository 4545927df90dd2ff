import type { JournalEntry } from '../../../shared/domain/draft.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { replayHistory } from '../../../shared/domain/journal.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { HistoryEntry, OpenTask } from '../../../shared/rpc/openTask.ts'
import { assetProblem, getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { readJournal } from '../db/repositories/journal.ts'
import { getLabelSchema, labelSchemaProblem } from '../db/repositories/labelSchemas.ts'
import { predictionsOf } from '../db/repositories/predictions.ts'
import { getTaskRecord } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { keepStacks } from './historyStacks.ts'
import { requireTask } from './requireTask.ts'

/** All that is known of a task but its pixels: its records, and the undo and redo stacks rebuilt from the journal. @throws RpcError notFound. */
export function openTask(db: WorkDatabase, taskId: TaskId): Omit<OpenTask, 'image'> {
  const task = requireTask(db, taskId)
  const asset = getAsset(db, task.assetId)
  if (asset === undefined) throw new RpcError('notFound', `The image of task ${taskId} has not been announced yet`)
  const journal = readJournal(db, taskId)
  const stacks = replayHistory(journal)
  keepStacks(db, taskId, task.journalSeq, { undo: [...stacks.undo], redo: [...stacks.redo] })
  const schema = getLabelSchema(db, task.schemaHash)
  const problem = labelSchemaProblem(db, task.schemaHash) ?? assetProblem(db, task.assetId)
  return {
    task: getTaskRecord(db, task), standing: task.standing, asset, predictions: predictionsOf(db, taskId),
    records: draftRecords(db, taskId), undo: stacks.undo.map((seq) => historyEntry(journal, seq)), redo: stacks.redo.map((seq) => historyEntry(journal, seq)),
    journalSeq: task.journalSeq, timeOnTaskMs: task.timeOnTaskMs, prefetch: task.prefetch,
    ...(schema === undefined ? {} : { schema }), ...(problem === undefined ? {} : { problem }),
  }
}

/** Lines are numbered from 1 without a gap. */
function historyEntry(journal: readonly JournalEntry[], seq: number): HistoryEntry {
  const entry = journal[seq - 1]
  if (entry?.kind !== 'edit' || entry.seq !== seq) throw new Error(`Journal line ${seq} is not an edit`)
  return { seq, name: entry.name, diff: entry.diff }
}
