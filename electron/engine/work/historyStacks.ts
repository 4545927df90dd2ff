import type { TaskId } from '../../../shared/domain/ids.ts'
import { replayHistory } from '../../../shared/domain/journal.ts'
import type { HistoryStacks } from '../../../shared/domain/journal.ts'
import { readJournalSteps } from '../db/repositories/journal.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

interface Kept { taskId: TaskId; journalSeq: number; stacks: HistoryStacks }

/** The stacks of the task that was edited last, so that an edit need not read the whole journal. */
const kept = new WeakMap<WorkDatabase, Kept>()

/** Takes the undo and redo stacks of a task out of memory, or rebuilds them. Give them back with `keepStacks` once the commit is through. */
export function takeStacks(db: WorkDatabase, task: Pick<StoredTask, 'id' | 'journalSeq'>): HistoryStacks {
  const last = kept.get(db)
  kept.delete(db)
  if (last?.taskId === task.id && last.journalSeq === task.journalSeq) return last.stacks
  return replayHistory(readJournalSteps(db, task.id))
}

/** Remembers stacks that are as the stored journal says. */
export function keepStacks(db: WorkDatabase, taskId: TaskId, journalSeq: number, stacks: HistoryStacks): void {
  kept.set(db, { taskId, journalSeq, stacks })
}
