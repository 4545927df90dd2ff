import type { SyncStore } from '../sync/ports.ts'
import { assetsToPrefetch } from '../db/repositories/assets.ts'
import { readMeta } from '../db/repositories/meta.ts'
import { dueItems, markBlobStored, nextDueAt, outboxCounts, postpone } from '../db/repositories/outbox.ts'
import { missingVersions } from '../db/repositories/remoteRevisions.ts'
import { submissionBytes } from '../db/repositories/submissions.ts'
import { countActive } from '../db/repositories/tasks.ts'
import { inTransaction, writeProblem } from '../db/transaction.ts'
import { acceptReceipt } from './acceptReceipt.ts'
import { applyPull } from './applyPull.ts'
import { recordAuditFork } from './auditFork.ts'
import { acceptAuditReceipt, auditBacklog, nextAuditSegment, noteAuditHeld } from './auditSegments.ts'
import type { WorkContext } from './context.ts'
import { deadLetter } from './deadLetter.ts'
import { keepVersion } from './keepVersion.ts'
import { startNewServerEpoch } from './serverEpoch.ts'
import { rememberServerKey } from './serverKey.ts'

/** What sync needs of the local store, over `work.db`. */
export function createSyncStore(context: WorkContext): SyncStore {
  const { db } = context
  return {
    dueOutbox: (now, limit) => dueItems(db, now, limit),
    nextDueAt: () => nextDueAt(db),
    outboxCounts: () => outboxCounts(db),
    writeProblem: () => writeProblem(db),
    submissionBytes: (id) => submissionBytes(db, id),
    markBlobStored: (id) => { inTransaction(db, () => { markBlobStored(db, id) }) },
    acceptReceipt: (receipt) => { acceptReceipt(context, receipt) },
    scheduleRetry: (id, nextAttemptAt, error) => { inTransaction(db, () => { postpone(db, id, nextAttemptAt, error) }) },
    deadLetter: (id, error) => { deadLetter(context, id, error) },
    cursor: () => readMeta(db, 'pull'),
    activeTasks: (among) => countActive(db, among),
    applyPull: (page) => { applyPull(context, page) },
    startNewServerEpoch: (epoch) => { startNewServerEpoch(context, epoch) },
    nextAuditSegment: (limit) => nextAuditSegment(db, limit),
    acceptAuditReceipt: (receipt) => { acceptAuditReceipt(db, receipt) },
    noteAuditHeld: (epoch, size) => { noteAuditHeld(db, epoch, size) },
    recordAuditFork: (epoch) => recordAuditFork(context, epoch),
    auditBacklog: () => auditBacklog(db),
    rememberServerKey: (registration) => { rememberServerKey(context, registration) },
    missingVersions: (limit, taskId) => missingVersions(db, limit, taskId),
    keepVersion: (taskId, revisionId, bytes) => { keepVersion(context, taskId, revisionId, bytes) },
    assetsToPrefetch: (limit, only) => assetsToPrefetch(db, limit, only),
  }
}
