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

/** How much of what waits is sent; without it all. */
export interface AuditPart { atOnce?: number; goesOn?: (receipts: number) => boolean }

/**
 * Sends the audit entries that have no receipt yet, oldest first, until there are none. The store verifies each receipt. What the orchestrator lost is
 * sent again; when it holds another history of this device, the store records that and the rest goes on under a new one.
 * @param atOnce entries in one request, at most
 * @param goesOn is asked before each request, with how many of them brought a receipt so far
 * @throws RemoteError when an answer brings nothing forward.
 */
export async function pushAudit(ports: AuditPorts, signal: AbortSignal, { atOnce = SEGMENT_LIMIT, goesOn = () => true }: AuditPart = {}): Promise<void> {
  const { store } = ports
  const sentAgain = new Set<number>()
  let receipts = 0
  while (goesOn(receipts)) {
    const segment = store.nextAuditSegment(atOnce)
    if (!segment) return
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
    receipts += 1
    // A receipt that confirms nothing new would do so too.
    if (isStillNext(store, segment)) throw new RemoteError({ kind: 'corrupt' }, 'The orchestrator confirmed no audit entry')
  }
}

async function send({ store, orchestrator }: AuditPorts, segment: AuditSegment, signal: AbortSignal): Promise<void> {
  const receipt = await orchestrator.appendAudit(segment, signal)
  signal.throwIfAborted()
  store.acceptAuditReceipt(receipt)
}

/** Not by how many are left: while the request is under way others are written. */
function isStillNext(store: SyncStore, { epoch, entries: [first] }: AuditSegment): boolean {
  const next = store.nextAuditSegment(1)
  return next?.epoch === epoch && next.entries[0]?.seq === first?.seq
}

function isFork(error: unknown): boolean {
  return error instanceof RemoteError && error.failure.kind === 'conflict' && error.failure.code === 'auditFork'
}

/** Whether the orchestrator says that it does not hold all entries before this segment. */
function isAboutLessHeld(error: unknown, { entries: [first] }: AuditSegment): error is RemoteError & { failure: { size: number } } {
  return error instanceof RemoteError && error.failure.kind === 'conflict' && error.failure.size !== undefined
    && first !== undefined && error.failure.size < first.seq - 1
}
