import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskStanding, TaskState } from '../../../shared/domain/task.ts'
import { hasWaiting } from '../db/repositories/outbox.ts'
import { latestSubmission } from '../db/repositories/submissions.ts'
import type { StoredSubmission } from '../db/repositories/submissions.ts'
import { findTask, setStanding } from '../db/repositories/tasks.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { TaskId, UserId } from '../../../shared/domain/ids.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

/** Everything that a standing is made of. `mine`: it is nobody else's; `edited`: the journal went on after the last submission, or there was none. `latest`: where the newest submission is. */
export interface StandingFacts {
  state: TaskState
  mine: boolean
  worked: boolean
  edited: boolean
  waiting: boolean
  latest: StoredSubmission['place'] | undefined
}

/** Where a task stands for the person here. Unsent work is never hidden behind what the server says. */
export function standingOf({ state, mine, worked, edited, waiting, latest }: StandingFacts): TaskStanding {
  if (waiting) return edited ? 'inProgress' : 'queued'
  if (latest === 'dead' && !edited) return 'refused'
  if (!mine && !worked && latest === undefined) return 'observed'
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

/** Whether a task is nobody else's. */
export function isMine(assignee: UserId | null | undefined, userId: UserId): boolean {
  return assignee === null || assignee === undefined || assignee === userId
}

/** The facts of a stored task, with the server's word as given or as stored, for the person who works here. */
export function standingFacts({ db, userId }: Pick<WorkContext, 'db' | 'userId'>, task: Pick<StoredTask, 'id' | 'assignee' | 'journalSeq' | 'frozenSeq' | 'state'>): StandingFacts {
  const latest = latestSubmission(db, task.id)?.place
  const edited = task.journalSeq > task.frozenSeq
  return {
    state: task.state,
    mine: isMine(task.assignee, userId),
    // A journal that only led back to where the task began is no work: somebody else's draft was laid aside.
    worked: task.journalSeq > 0 && (edited || latest !== undefined),
    edited, latest, waiting: hasWaiting(db, task.id),
  }
}

/** Brings a task's standing up to date after its facts changed; part of the caller's transaction. */
export function refreshStanding(context: Pick<WorkContext, 'db' | 'clock' | 'userId'>, taskId: TaskId): void {
  const task = findTask(context.db, taskId)
  if (task === undefined) throw new Error(`No task ${taskId}`)
  setStanding(context.db, taskId, standingOf(standingFacts(context, task)), instantNow(context.clock))
}
