import type { SyncStore } from '../sync/ports.ts'
import { assetsToPrefetch } from '../db/repositories/assets.ts'
import { readMeta } from '../db/repositories/meta.ts'
import { dueItems, markBlobStored, nextDueAt, postpone } from '../db/repositories/outbox.ts'
import { missingResults } from '../db/repositories/knownRevisions.ts'
import { missingVersions } from '../db/repositories/remoteRevisions.ts'
import { dueStatements, nextStatementDueAt, postponeStatement } from '../db/repositories/statements.ts'
import { journalBacklog, journalsToSend, journalToSend, noteJournal, submissionBytes } from '../db/repositories/submissions.ts'
import { countActive } from '../db/repositories/tasks.ts'
import { inTransaction, writeProblem } from '../db/transaction.ts'
import { acceptReceipt, acceptReceipts } from './acceptReceipt.ts'
import { applyPull } from './applyPull.ts'
import { recordAuditFork } from './auditFork.ts'
import { acceptAuditReceipt, auditBacklog, nextAuditSegment, noteAuditHeld } from './auditSegments.ts'
import type { WorkContext } from './context.ts'
import { deadLetter } from './deadLetter.ts'
import { journalBytes, keepJournal } from './journals.ts'
import { keepVersion } from './keepVersion.ts'
import { startNewServerEpoch } from './serverEpoch.ts'
import { unsentCounts } from './unsent.ts'
import { acceptStatementReceipt, refuseStatement } from './statements.ts'
import { removalsHeldNoter } from './noteRemovalsHeld.ts'
import { auditFeedPlace, keepAuditPage, restartAuditFeed } from './remoteAudit.ts'
import { rememberServerKey } from './serverKey.ts'

/** What sync needs of the local store, over `work.db`. */
export function createSyncStore(context: WorkContext): SyncStore {
  const { db } = context
  return {
    dueOutbox: (now, limit) => dueItems(db, now, limit),
    nextDueAt: () => earliest(nextDueAt(db), nextStatementDueAt(db)),
    outboxCounts: () => unsentCounts(db),
    writeProblem: () => writeProblem(db),
    submissionBytes: (id) => submissionBytes(db, id),
    markBlobStored: (id) => { inTransaction(db, () => { markBlobStored(db, id) }) },
    acceptReceipt: (receipt) => { acceptReceipt(context, receipt) },
    acceptReceipts: (receipts) => { acceptReceipts(context, receipts) },
    scheduleRetry: (id, nextAttemptAt, error) => { inTransaction(db, () => { postpone(db, id, nextAttemptAt, error) }) },
    deadLetter: (id, error) => { deadLetter(context, id, error) },
    dueStatements: (now, limit) => dueStatements(db, now, limit),
    acceptStatementReceipt: (receipt) => { acceptStatementReceipt(context, receipt) },
    postponeStatement: (id, nextAttemptAt, error) => { inTransaction(db, () => { postponeStatement(db, id, nextAttemptAt, error) }) },
    refuseStatement: (id, error) => { refuseStatement(context, id, error) },
    journalsToSend: (limit) => journalsToSend(db, limit),
    journalToSend: (id) => journalToSend(db, id),
    journalBacklog: () => journalBacklog(db),
    journalBytes: (item) => journalBytes(db, item),
    noteJournals: (items, end) => { inTransaction(db, () => { for (const { submissionId } of items) noteJournal(db, submissionId, end) }) },
    cursor: () => readMeta(db, 'pull'),
    activeTasks: (among) => countActive(db, among),
    noteRemovalsHeld: removalsHeldNoter(context),
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
    missingResults: (limit) => missingResults(db, limit),
    keepJournal: (taskId, sha256, bytes) => { keepJournal(context, taskId, sha256, bytes) },
    auditFeedPlace: () => auditFeedPlace(db),
    keepAuditPage: (page, signal) => keepAuditPage(context, page, signal),
    restartAuditFeed: () => { restartAuditFeed(context) },
    assetsToPrefetch: (limit, only) => assetsToPrefetch(db, limit, only),
  }
}

function earliest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right)
}
