import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Orchestrator, SyncStore } from './ports.ts'

/** Entries in one request. */
const SEGMENT_LIMIT = 500

/**
 * Sends the audit entries that have no receipt yet, oldest first, until there are none. The store verifies each receipt.
 * @throws RemoteError conflict when the orchestrator holds another history of this device: that is reported and not healed here.
 */
export async function pushAudit(store: SyncStore, orchestrator: Orchestrator, signal: AbortSignal): Promise<void> {
  for (;;) {
    const segment = store.nextAuditSegment(SEGMENT_LIMIT)
    if (!segment) return
    const before = store.auditBacklog()
    const receipt = await orchestrator.appendAudit(segment, signal)
    signal.throwIfAborted()
    store.acceptAuditReceipt(receipt)
    // A receipt that confirms nothing new would make this loop endless.
    if (store.auditBacklog() >= before) throw new RemoteError({ kind: 'corrupt' }, 'The orchestrator confirmed no audit entry')
  }
}
