import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { SubmissionCommit } from '../../../shared/api/messages.ts'
import type { RevisionId } from '../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import { RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import { sha256 } from '../audit/hashing.ts'
import { fromJson } from '../db/json.ts'
import { readMeta } from '../db/repositories/meta.ts'
import { removeItem } from '../db/repositories/outbox.ts'
import { findReceipt, insertReceipt } from '../db/repositories/receipts.ts'
import { findRevision } from '../db/repositories/revisions.ts'
import { findSubmission, submissionBytes } from '../db/repositories/submissions.ts'
import { setTaskState } from '../db/repositories/tasks.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { requireTask } from './requireTask.ts'
import { isFromServer } from './serverKey.ts'
import { refreshStanding } from './standing.ts'

/**
 * Takes the orchestrator's word that it holds a submission: only then does the submission leave the outbox. The same receipt again changes nothing.
 * @throws RemoteError conflict when it speaks of other bytes than ours; corrupt when its signature is not the server's, or nothing was submitted by that id.
 */
export function acceptReceipt(context: WorkContext, receipt: Receipt): void {
  acceptReceipts(context, [receipt])
}

/** As `acceptReceipt`, several in one durable transaction: all of them, or none when one is wrong. */
export function acceptReceipts(context: WorkContext, receipts: readonly Receipt[]): void {
  const { db } = context
  for (const receipt of receipts) expectGenuine(context, receipt, commitOf(db, receipt))
  const fresh = receipts.filter(({ submissionId }) => findReceipt(db, submissionId) === undefined)
  if (fresh.length === 0) return
  inTransaction(db, () => { for (const receipt of fresh) takeReceipt(context, receipt) })
  context.notify('tasks.changed', { taskIds: fresh.map(({ taskId }) => taskId) })
}

function commitOf(db: WorkContext['db'], { submissionId }: Receipt): SubmissionCommit {
  const submission = findSubmission(db, submissionId)
  if (submission === undefined) throw new RemoteError({ kind: 'corrupt' }, `A receipt for an unknown submission: ${submissionId}`)
  return submission.commit
}

function takeReceipt(context: WorkContext, receipt: Receipt): void {
  const { db } = context
  insertReceipt(db, receipt, readMeta(db, 'serverEpoch'))
  removeItem(db, receipt.submissionId)
  const task = requireTask(db, receipt.taskId)
  noteServerHolds(context, task, receipt)
  refreshStanding(context, task.id)
  appendAudit(context, 'receiptReceived', { taskId: task.id, details: { ...receipt } })
}

function expectGenuine({ db }: WorkContext, receipt: Receipt, commit: SubmissionCommit): void {
  if (!isFromServer(db, RECEIPT_DOMAIN, receipt)) throw new RemoteError({ kind: 'corrupt' }, 'The receipt was not signed by the orchestrator that is known')
  const ours = sha256(submissionBytes(db, commit.submissionId))
  if (receipt.sha256 !== ours || receipt.revisionId !== commit.revisionId || receipt.taskId !== commit.taskId) {
    throw new RemoteError({ kind: 'conflict', status: 200, code: 'hashMismatch' }, `The orchestrator holds ${receipt.sha256}, here is ${ours}`)
  }
}

/**
 * Until the next pull says more: the server holds this revision, so the task is submitted. Which version is the newest there only a pull can say: this
 * one may have been taken long ago, its answer lost, and another one after it. Late work changes nothing there, and a task that is closed stays closed.
 */
function noteServerHolds({ db }: WorkContext, task: StoredTask, { late, revisionId }: Receipt): void {
  const { headRevision, state, seq } = task
  if (late || state === 'cancelled' || state === 'released' || headRevision === revisionId) return
  // A head that this revision does not grow from came with a pull that knows more than the receipt.
  if (headRevision !== null && !parentsOf(db, revisionId).includes(headRevision)) return
  setTaskState(db, task.id, 'submitted', headRevision, seq)
}

function parentsOf(db: WorkContext['db'], id: RevisionId): readonly RevisionId[] {
  const stored = findRevision(db, id)
  return stored === undefined ? [] : fromJson(RevisionSchema, Buffer.from(stored.bytes).toString()).parents
}
