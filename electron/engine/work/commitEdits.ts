import type { DraftDiff, DraftRecord, JournalEntry } from '../../../shared/domain/draft.ts'
import type { Instant, TaskId } from '../../../shared/domain/ids.ts'
import { stepHistory } from '../../../shared/domain/journal.ts'
import type { HistoryStacks } from '../../../shared/domain/journal.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { JournalLine } from '../../../shared/rpc/openTask.ts'
import { applyDraftDiff } from '../db/repositories/drafts.ts'
import { countEdits } from '../db/repositories/editSlots.ts'
import { appendJournal } from '../db/repositories/journal.ts'
import { noteEdits, refreshForeignHeads, setStanding } from '../db/repositories/tasks.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { keepStacks, takeStacks } from './historyStacks.ts'
import { requireTask } from './requireTask.ts'
import { standingFacts, standingOf } from './standing.ts'

/** Edits as the window sends them; `afterSeq` is the last journal line it knows, `timeOnTaskMs` the whole active time so far in milliseconds. */
interface EditBatch { taskId: TaskId; afterSeq: number; lines: readonly JournalLine[]; timeOnTaskMs: number }

/**
 * Stores edits durably, all or none: journal, records and the task's counts in one transaction. Work is taken whatever the task's state is,
 * for a task that was cancelled a moment ago must not cost the person a line.
 * @throws RpcError notFound, conflict (another journal or other records than the window believed in), diskFull, readOnly.
 */
export function commitEdits(context: WorkContext, batch: EditBatch): { journalSeq: number; savedAt: Instant } {
  const { db, clock } = context
  const savedAt = instantNow(clock)
  const done = inTransaction(db, () => appendEdits(context, batch, savedAt))
  keepStacks(db, batch.taskId, done.journalSeq, done.stacks)
  if (done.seen) context.notify('tasks.changed', { taskIds: [batch.taskId] })
  return { journalSeq: done.journalSeq, savedAt }
}

/** As `commitEdits`, part of the caller's transaction; `keepStacks` what it answers once that is through. `seen`: the queue shows another task now. */
export function appendEdits(context: WorkContext, batch: EditBatch, savedAt: Instant): { stacks: HistoryStacks; journalSeq: number; seen: boolean } {
  const { db } = context
  const task = requireTask(db, batch.taskId)
  if (task.journalSeq !== batch.afterSeq) throw new RpcError('conflict', `The journal is at line ${task.journalSeq}, the edit was made after line ${batch.afterSeq}`)
  const stacks = takeStacks(db, task)
  let { journalSeq, shapeCount } = task
  for (const line of batch.lines) {
    journalSeq += 1
    const entry: JournalEntry = { ...line, seq: journalSeq, at: savedAt }
    takeStep(stacks, entry)
    applyDraftDiff(db, task.id, line.diff)
    appendJournal(db, task.id, entry)
    shapeCount += shapesGained(line.diff)
  }
  noteEdits(db, { arrival: task.arrival, journalSeq, shapeCount, timeOnTaskMs: Math.max(task.timeOnTaskMs, batch.timeOnTaskMs), at: savedAt })
  countEdits(db, { at: savedAt, projectId: task.projectId, person: context.userId, edits: batch.lines.length })
  const standing = noteWork(context, { ...task, journalSeq }, savedAt)
  return { stacks, journalSeq, seen: standing !== task.standing || shapeCount !== task.shapeCount }
}

function takeStep(stacks: Parameters<typeof stepHistory>[0], entry: JournalEntry): void {
  try {
    stepHistory(stacks, entry)
  } catch (error) {
    throw error instanceof RangeError ? new RpcError('conflict', error.message, { cause: error }) : error
  }
}

function noteWork(context: WorkContext, task: StoredTask, at: Instant): StoredTask['standing'] {
  if (task.standing === 'inProgress') return task.standing
  const standing = standingOf(standingFacts(context, task))
  if (standing === task.standing) return standing
  setStanding(context.db, task.id, standing, at)
  // Work that begins again on a task that was accepted has to know what was accepted.
  refreshForeignHeads(context.db, task.id)
  return standing
}

function shapesGained(diff: DraftDiff): number {
  const shapes = (records: Record<string, DraftRecord>) => Object.values(records).filter(({ type }) => type === 'shape').length
  return shapes(diff.added) - shapes(diff.removed)
}
