import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { AuditSegment } from '../../../shared/api/messages.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import { auditEpochs, auditRun, auditSize, insertAuditReceipt, setAcknowledged, toAuditEntry } from '../db/repositories/auditLog.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import { isFromServer } from './serverKey.ts'

/** The oldest entries that the server has given no receipt for, of one epoch, at most `limit`. An epoch that forked is not offered. */
export function nextAuditSegment(db: WorkDatabase, limit: number): AuditSegment | undefined {
  for (const { epoch, device, acknowledged } of soundEpochs(db)) {
    const entries = auditRun(db, epoch, acknowledged, limit).map(toAuditEntry)
    if (entries.length > 0) return { device, epoch, entries }
  }
  return undefined
}

/** How many entries have no receipt yet. */
export function auditBacklog(db: WorkDatabase): number {
  return soundEpochs(db).reduce((backlog, { epoch, acknowledged }) => backlog + Math.max(0, auditSize(db, epoch) - acknowledged), 0)
}

const soundEpochs = (db: WorkDatabase) => auditEpochs(db).filter(({ forkedAt, leftAt }) => forkedAt === null && leftAt === null)

/** The server says that it holds fewer entries of an epoch than it gave receipts for. These stay, as evidence that it lost some. */
export function noteAuditHeld(db: WorkDatabase, epoch: number, size: number): void {
  inTransaction(db, () => { setAcknowledged(db, epoch, size) })
}

/**
 * Remembers a receipt for the chain. One that is genuine but speaks of another chain than ours is kept too, as evidence for verification.
 * @throws RemoteError corrupt when it is not the server's or of an unknown chain; conflict when the chains differ (a fork).
 */
export function acceptAuditReceipt(db: WorkDatabase, receipt: AuditReceipt): void {
  const epoch = auditEpochs(db).find((each) => each.epoch === receipt.epoch && each.device === receipt.device)
  if (epoch === undefined || !isFromServer(db, AUDIT_RECEIPT_DOMAIN, receipt)) {
    throw new RemoteError({ kind: 'corrupt' }, 'The audit receipt was not signed by the orchestrator that is known')
  }
  const [entry] = auditRun(db, receipt.epoch, receipt.size - 1, 1)
  const fits = entry?.seq === receipt.size && entry.hash === receipt.head
  inTransaction(db, () => {
    insertAuditReceipt(db, receipt)
    if (fits) setAcknowledged(db, receipt.epoch, receipt.size)
  })
  if (!fits) {
    throw new RemoteError({ kind: 'conflict', status: 200, code: 'auditFork' }, `The orchestrator holds another audit chain for epoch ${receipt.epoch}`)
  }
}
