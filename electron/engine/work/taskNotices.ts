import type { TaskId } from '../../../shared/domain/ids.ts'
import type { TaskNotice } from '../../../shared/rpc/coordination.ts'
import { refusalOf } from '../db/repositories/outbox.ts'
import { latestSubmission } from '../db/repositories/submissions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { requireTask } from './requireTask.ts'

/** What a person who has the task open should know of it, the most pressing first. @throws RpcError notFound. */
export function taskNotices(db: WorkDatabase, taskId: TaskId): TaskNotice[] {
  requireTask(db, taskId)
  return [...refusal(db, taskId)]
}

function refusal(db: WorkDatabase, taskId: TaskId): TaskNotice[] {
  const latest = latestSubmission(db, taskId)
  const error = latest?.place === 'dead' ? refusalOf(db, latest.commit.submissionId) : undefined
  return latest === undefined || error === undefined ? [] : [{ kind: 'refused', submissionId: latest.commit.submissionId, error }]
}
