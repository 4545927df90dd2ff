import type { TaskId } from '../../../shared/domain/ids.ts'
import type { TaskFacts, TaskNotice } from '../../../shared/rpc/coordination.ts'
import { latestScoreOf } from '../db/repositories/gold.ts'
import { refusalOf } from '../db/repositories/outbox.ts'
import { predictionsOf } from '../db/repositories/predictions.ts'
import { latestSubmission } from '../db/repositories/submissions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { versionOf } from './versions.ts'
import { listProjects } from '../db/repositories/projects.ts'
import { reviewsOf } from '../db/repositories/reviews.ts'
import { receiptsOf } from '../db/repositories/receipts.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { WorkContext } from './context.ts'
import { standingFacts } from './standing.ts'
import { requireTask } from './requireTask.ts'

/** What a person who has the task open should know of it, the most pressing first. @throws RpcError notFound. */
export function taskNotices(context: WorkContext, taskId: TaskId): TaskNotice[] {
  const { db } = context
  const task = requireTask(db, taskId)
  return [...refusal(db, taskId), ...returned(db, task), ...closed(context, task), ...late(db, taskId), ...otherVersion(db, taskId), ...newerSchema(db, task), ...goldScore(context, taskId)]
}

/** What of a task may change while it is open. @throws RpcError notFound. */
export function taskFacts(db: WorkDatabase, taskId: TaskId): TaskFacts {
  const { state, journalSeq, schemaHash } = requireTask(db, taskId)
  return { state, journalSeq, schemaHash, predictions: predictionsOf(db, taskId).map(({ id }) => id) }
}

function refusal(db: WorkDatabase, taskId: TaskId): TaskNotice[] {
  const latest = latestSubmission(db, taskId)
  const error = latest?.place === 'dead' ? refusalOf(db, latest.commit.submissionId) : undefined
  return latest === undefined || error === undefined ? [] : [{ kind: 'refused', submissionId: latest.commit.submissionId, error }]
}

function returned(db: WorkDatabase, { id, state }: StoredTask): TaskNotice[] {
  if (state !== 'returned') return []
  const [newest] = reviewsOf(db, id).sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  if (newest?.decision !== 'rejected') return []
  const { reviewer, reasons, comment, createdAt } = newest
  return [{ kind: 'returned', reviewer, reasons, comment, at: createdAt }]
}

function otherVersion(db: WorkDatabase, taskId: TaskId): TaskNotice[] {
  const version = versionOf(db, taskId)
  return version === undefined ? [] : [{ kind: 'otherVersion', ...version }]
}

function closed(context: WorkContext, task: StoredTask): TaskNotice[] {
  const { state, worked, edited, waiting, latest } = standingFacts(context, task)
  if (state !== 'cancelled' && state !== 'released') return []
  return worked || latest !== undefined ? [{ kind: 'closed', state, unsent: edited || waiting || latest === 'dead' }] : []
}

function late(db: WorkDatabase, taskId: TaskId): TaskNotice[] {
  const receipt = receiptsOf(db, taskId).at(-1)
  return receipt?.late === true ? [{ kind: 'late', at: receipt.serverTime }] : []
}

function goldScore({ db, userId }: WorkContext, taskId: TaskId): TaskNotice[] {
  const score = latestScoreOf(db, taskId, userId)
  if (score === undefined) return []
  const { f1, missed, extra, wrongClass } = score
  return [{ kind: 'goldScored', percent: Math.round(100 * f1), missed, extra, wrongClass }]
}

function newerSchema(db: WorkDatabase, { projectId, schemaHash }: StoredTask): TaskNotice[] {
  const current = listProjects(db).find(({ id }) => id === projectId)?.schemaHash
  return current === undefined || current === schemaHash ? [] : [{ kind: 'newerSchema', pinned: schemaHash, current }]
}
