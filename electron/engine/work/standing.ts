import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskStanding, TaskState } from '../../../shared/domain/task.ts'
import { hasWaiting } from '../db/repositories/outbox.ts'
import { latestSubmission } from '../db/repositories/submissions.ts'
import type { StoredSubmission } from '../db/repositories/submissions.ts'
import { findTask, setStanding } from '../db/repositories/tasks.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

/** Everything that a standing is made of. `edited`: the journal went on after the last submission, or there was none. `latest`: where the newest submission is. */
export interface StandingFacts {
  state: TaskState
  worked: boolean
  edited: boolean
  waiting: boolean
  latest: StoredSubmission['place'] | undefined
}

/** Where a task stands for the person here. Unsent work is never hidden behind what the server says. */
export function standingOf({ state, worked, edited, waiting, latest }: StandingFacts): TaskStanding {
  if (waiting) return edited ? 'inProgress' : 'queued'
  if (latest === 'dead' && !edited) return 'refused'
  switch (state) {
    case 'cancelled': return 'cancelled'
    case 'released': return latest === 'acknowledged' && !edited ? 'submitted' : 'released'
    case 'assigned': return worked ? 'inProgress' : 'new'
    case 'submitted':
    case 'returned':
    case 'accepted': return edited ? 'inProgress' : state
    default: return assertNever(state, 'task state')
  }
}

/** The facts of a stored task, with the server's word as given or as stored. */
export function standingFacts(db: WorkContext['db'], task: Pick<StoredTask, 'id' | 'journalSeq' | 'frozenSeq' | 'state'>): StandingFacts {
  return {
    state: task.state,
    worked: task.journalSeq > 0,
    edited: task.journalSeq > task.frozenSeq,
    waiting: hasWaiting(db, task.id),
    latest: latestSubmission(db, task.id)?.place,
  }
}

/** Brings a task's standing up to date after its facts changed; part of the caller's transaction. */
export function refreshStanding({ db, clock }: Pick<WorkContext, 'db' | 'clock'>, taskId: TaskId): void {
  const task = findTask(db, taskId)
  if (task === undefined) throw new Error(`No task ${taskId}`)
  setStanding(db, taskId, standingOf(standingFacts(db, task)), instantNow(clock))
}
