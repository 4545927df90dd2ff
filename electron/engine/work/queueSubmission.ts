import { v7 } from 'uuid'
import { submissionObjectKey } from '../../../shared/api/messages.ts'
import type { SubmissionCommit } from '../../../shared/api/messages.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { draftContent } from '../../../shared/domain/draftContent.ts'
import type { DraftRecord } from '../../../shared/domain/draft.ts'
import type { Instant } from '../../../shared/domain/ids.ts'
import { SubmissionIdSchema } from '../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { Outcome } from '../../../shared/domain/revision.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { SubmitResult } from '../../../shared/rpc/openTask.ts'
import { fromJson } from '../db/json.ts'
import { replaceDead } from '../db/repositories/outbox.ts'
import { noteRevisionFacts } from '../db/repositories/revisionFacts.ts'
import { insertRevision } from '../db/repositories/revisions.ts'
import { insertSubmission, latestSubmission, nextDeviceSeq, submissionBytes } from '../db/repositories/submissions.ts'
import { noteFrozen } from '../db/repositories/tasks.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { freezeRevision } from './freezeRevision.ts'
import { parentsOf, settleSameVersions } from './parents.ts'
import { reviveSubmission } from './retrySubmission.ts'
import { refreshStanding } from './standing.ts'

/**
 * Freezes a result and puts it into the outbox, in the caller's transaction: revision, submission, outbox, standing and audit entry.
 * It takes the place of the task's refused submissions. The same result again (a second click, a key held down) is the same submission. @throws RpcError notAllowed for a cancelled task.
 */
export function queueSubmission(context: WorkContext, task: StoredTask, records: readonly DraftRecord[], outcome: Outcome, timeOnTaskMs: number): SubmitResult {
  if (task.state === 'cancelled') throw new RpcError('notAllowed', 'The task was cancelled; its work can still be exported')
  const before = sameSubmission(context, task, outcome)
  if (before !== undefined) return before
  const at = instantNow(context.clock)
  settleSameVersions(context.db, task.id, { ...draftContent(records), outcome }, at)
  const total = Math.max(task.timeOnTaskMs, timeOnTaskMs)
  const { id, revision, bytes } = freezeRevision(context, task, records, outcome, total, at)
  insertRevision(context.db, { id, taskId: task.id, bytes })
  noteRevisionFacts(context.db, id, task.id, bytes)
  const commit: SubmissionCommit = {
    submissionId: SubmissionIdSchema.parse(v7({ msecs: context.clock.now() })),
    deviceId: context.deviceId, deviceSeq: nextDeviceSeq(context.db, context.deviceId),
    taskId: task.id, revisionId: id, schemaHash: task.schemaHash, objectKey: submissionObjectKey(id), sha256: id, size: bytes.length,
  }
  insertSubmission(context.db, commit, at, context.clock.now())
  const replaces = replaceDead(context.db, task.id, commit.submissionId)
  noteFrozen(context.db, task.id, task.journalSeq, total)
  refreshStanding(context, task.id)
  appendAudit(context, outcome.kind === 'skipped' ? 'skipped' : 'submitted', {
    taskId: task.id, actor: context.userId,
    details: {
      submissionId: commit.submissionId, revisionId: id, deviceSeq: commit.deviceSeq, size: commit.size, parents: revision.parents,
      ...(replaces.length > 0 ? { replaces } : {}),
      ...(outcome.kind === 'skipped' ? { reason: outcome.reason } : { shapes: revision.shapes.length }),
    },
  })
  return submitted(commit, at)
}

/** The newest submission, if nothing changed since and the server has not sent the task back. A dead one is tried again. */
function sameSubmission(context: WorkContext, task: StoredTask, outcome: Outcome): SubmitResult | undefined {
  if (task.journalSeq > task.frozenSeq) return undefined
  const latest = latestSubmission(context.db, task.id)
  if (latest === undefined) return undefined
  const revision = fromJson(RevisionSchema, Buffer.from(submissionBytes(context.db, latest.commit.submissionId)).toString())
  if (revision.outcome.kind !== outcome.kind) return undefined
  // A person has decided on another version since: that belongs into a revision of its own.
  if (latest.place !== 'dead' && !parentsOf(context.db, task.id).every((id) => id === latest.commit.revisionId)) return undefined
  switch (latest.place) {
    case 'waiting': break
    case 'dead': reviveSubmission(context, latest.commit, 'submittedAgain'); break
    case 'acknowledged': if (task.state !== 'submitted' && task.state !== 'accepted') return undefined; break
    default: return assertNever(latest.place, 'place')
  }
  return submitted(latest.commit, latest.createdAt)
}

function submitted({ submissionId, revisionId }: SubmissionCommit, at: Instant): SubmitResult {
  return { kind: 'submitted', submissionId, revisionId, at }
}
