import type { TaskId, UserId } from '../../../shared/domain/ids.ts'
import { takeVersion } from '../../../shared/domain/adoptVersion.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { VersionContent } from '../../../shared/domain/compareVersions.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import type { Role } from '../../../shared/domain/role.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { leaveAuditEpochs } from '../db/repositories/auditLog.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { forgetGold } from '../db/repositories/gold.ts'
import { forgetMeta, readMeta, writeMeta } from '../db/repositories/meta.ts'
import { forgetOthersResults } from '../db/repositories/othersResults.ts'
import { markDead, outboxRows } from '../db/repositories/outbox.ts'
import { forgetRemoteAudit } from '../db/repositories/remoteAudit.ts'
import { markStatementDead, openStatementRows } from '../db/repositories/statements.ts'
import { soundRevisions } from '../db/repositories/submissions.ts'
import { editedTasks, forgetServerSequences, noteFrozen, openTaskStates, setTaskState } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import { appendEdits } from './commitEdits.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { renewIdentity } from './identity.ts'
import { requireTask } from './requireTask.ts'
import { refreshStanding } from './standing.ts'

interface User { id: UserId; name: string; roles: Role[] }

const NOTHING: VersionContent = { outcome: { kind: 'labelled' }, shapes: [], tags: [], rejections: [] }

/**
 * Makes the workspace a person's. Another person's work must be with the orchestrator or exported before; what was exported stays here, and is not sent
 * under the new name. The new person is another device, since one belongs to one person. Roles that let a person see more make the next pull begin at the start;
 * with those that let them see less, what they may not see any more is taken away. @throws RpcError notAllowed while it is neither.
 */
export function signIn(context: WorkContext, user: User): { changed: boolean } {
  const { db } = context
  const before = readMeta(db, 'user')
  if (before?.id === user.id && canonicalJson(before) === canonicalJson(user)) return { changed: false }
  const isAnother = before !== undefined && before.id !== user.id
  if (isAnother && hasUnexportedWork(db)) {
    throw new RpcError('notAllowed', `The work of ${before.name} has to be sent or exported before ${user.name} can sign in`)
  }
  inTransaction(db, () => {
    if (isAnother) handOver(context, before, user)
    writeMeta(db, 'user', user)
    followRoles(db, user, mayReview(before?.roles ?? []))
  })
  return { changed: isAnother }
}

/** The cursor has passed what a person was not told before they became a reviewer. */
function followRoles(db: WorkDatabase, { id, roles }: User, couldReview: boolean): void {
  if (mayReview(roles)) {
    if (!couldReview) forgetMeta(db, 'pull')
    return
  }
  forgetGold(db, id)
  forgetRemoteAudit(db)
  if (couldReview) forgetOthersResults(db, id)
}

/** Whether work here is neither with the orchestrator nor in the last export: a submission in the outbox, edits after the last one, or a review or comment without receipt. */
function hasUnexportedWork(db: WorkDatabase): boolean {
  const exported = readMeta(db, 'exportedUnsent')
  const submissions = new Set(exported?.submissions)
  const statements = new Set(exported?.statements)
  const drafts = new Map(exported?.drafts.map(({ taskId, journalSeq }) => [taskId, journalSeq]))
  return outboxRows(db).some(({ submissionId }) => !submissions.has(submissionId)) || openStatementRows(db).some(({ id }) => !statements.has(id))
    || editedTasks(db).some(({ id, journalSeq }) => drafts.get(id) !== journalSeq)
}

/** The tasks of the one before are not the new person's until the orchestrator says so, and what waits would go out under the wrong name. */
function handOver(context: WorkContext, before: User, { id, name }: User): void {
  const { db } = context
  const at = instantNow(context.clock)
  const message = `It is ${before.name}'s, and was exported before ${name} signed in`
  leaveAuditEpochs(db, at)
  renewIdentity(context, 'signedIn')
  for (const { submissionId, state, taskId } of outboxRows(db)) {
    if (state !== 'waiting') continue
    markDead(db, submissionId, { at, kind: 'refused', message })
    appendAudit(context, 'submissionRefused', { taskId, details: { submissionId, kind: 'refused', message } })
  }
  for (const { id: statementId, state, taskId } of openStatementRows(db)) {
    if (state !== 'waiting') continue
    markStatementDead(db, statementId, { at, kind: 'refused', message })
    appendAudit(context, 'statementRefused', { taskId, details: { statementId, kind: 'refused', message } })
  }
  for (const { id: taskId } of editedTasks(db)) layDraftAside(context, taskId, before)
  for (const task of openTaskStates(db)) {
    setTaskState(db, task.id, 'released', task.headRevision, 0)
    refreshStanding(context, task.id)
    appendAudit(context, 'taskStateChanged', { taskId: task.id, details: { from: task.state, to: 'released', signedIn: id } })
  }
  forgetServerSequences(db)
  forgetMeta(db, 'pull')
  forgetMeta(db, 'auditFeed')
  forgetMeta(db, 'exportedUnsent')
}

/**
 * What the one before drew and did not submit was exported, and must not pass for the new person's work: an ordinary edit leads back to what was submitted
 * last. Journal and history keep the draft.
 */
function layDraftAside(context: WorkContext, taskId: TaskId, person: User): void {
  const { db } = context
  const draft = new Map(draftRecords(db, taskId).map((record) => [record.id, record]))
  const submitted = soundRevisions(db, taskId).at(-1)?.revision ?? NOTHING
  const { journalSeq, timeOnTaskMs } = requireTask(db, taskId)
  const lines = [{ kind: 'edit' as const, name: 'takeVersion' as const, diff: takeVersion(draft, submitted) }]
  const edits = appendEdits(context, { taskId, afterSeq: journalSeq, lines, timeOnTaskMs }, instantNow(context.clock))
  noteFrozen(db, taskId, edits.journalSeq, timeOnTaskMs)
  refreshStanding(context, taskId)
  appendAudit(context, 'draftLaidAside', { taskId, details: { of: person.id, person: person.name, journalSeq } })
}
