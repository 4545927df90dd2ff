import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { AuditSegment } from '../../../shared/api/messages.ts'
import type { Orchestrator, SyncStore } from './ports.ts'

export interface AuditPorts {
  store: SyncStore
  orchestrator: Orchestrator
  /** Makes this device known under the id that it has now. */
  register: () => Promise<void>
}

/** Entries in one request. */
const SEGMENT_LIMIT = 500

/**
 * Sends the audit entries that have no receipt yet, oldest first, until there are none. The store verifies each receipt. What the orchestrator lost is
 * sent again; when it holds another history of this device, the store records that and the rest goes on under a new one.
 * @throws RemoteError when an answer brings nothing forward.
 */
export async function pushAudit(ports: AuditPorts, signal: AbortSignal): Promise<void> {
  const { store } = ports
  const sentAgain = new Set<number>()
  for (;;) {
    const segment = store.nextAuditSegment(SEGMENT_LIMIT)
    if (!segment) return
    const before = store.auditBacklog()
    try {
      await send(ports, segment, signal)
    } catch (error) {
      signal.throwIfAborted()
      // Once each, or an orchestrator that says so again and again would make this loop endless.
      if (!sentAgain.has(segment.epoch) && isAboutLessHeld(error, segment)) {
        sentAgain.add(segment.epoch)
        store.noteAuditHeld(segment.epoch, error.failure.size)
        continue
      }
      if (!isFork(error) || !store.recordAuditFork(segment.epoch)) throw error
      await ports.register()
      continue
    }
    // A receipt that confirms nothing new would do so too.
    if (store.auditBacklog() >= before) throw new RemoteError({ kind: 'corrupt' }, 'The orchestrator confirmed no audit entry')
  }
}

async function send({ store, orchestrator }: AuditPorts, segment: AuditSegment, signal: AbortSignal): Promise<void> {
  const receipt = await orchestrator.appendAudit(segment, signal)
  signal.throwIfAborted()
  store.acceptAuditReceipt(receipt)
}

function isFork(error: unknown): boolean {
  return error instanceof RemoteError && error.failure.kind === 'conflict' && error.failure.code === 'auditFork'
}

/** Whether the orchestrator says that it does not hold all entries before this segment. */
function isAboutLessHeld(error: unknown, { entries: [first] }: AuditSegment): error is RemoteError & { failure: { size: number } } {
  return error instanceof RemoteError && error.failure.kind === 'conflict' && error.failure.size !== undefined
    && first !== undefined && error.failure.size < first.seq - 1
}
