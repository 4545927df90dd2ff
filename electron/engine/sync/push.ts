import { SUBMISSION_MEDIA_TYPE } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import type { Clock, ObjectStore, Orchestrator, OutboxItem, SyncStore } from './ports.ts'
import { byTask, pushLane } from './pushLane.ts'
import { receiptDesk } from './receiptDesk.ts'
import type { TransferBoard } from './transfers.ts'

export interface PushPorts {
  store: SyncStore
  orchestrator: Orchestrator
  objectStore: ObjectStore
  clock: Clock
  random: () => number
  board: TransferBoard
  /** What waits in the outbox has changed. */
  onChange: () => void
}

/** Submissions are small, so that their number and not their size fills a slow link. */
const PARALLEL = 24
/** Items looked at in one run; the next run takes the rest. */
const RUN_LIMIT = 1_000

/**
 * Sends every submission of the outbox that is due at `dueAt` (milliseconds since 1970): its bytes to storage, then the commit, then its
 * receipt into the store. Items fail on their own, except that the later revisions of a task wait with the one that is tried again; a failure of the
 * link ends the run and is charged to none of them.
 * @returns what went wrong last, if anything did
 */
export function pushOutbox(ports: PushPorts, dueAt: number, signal: AbortSignal): Promise<RemoteError | undefined> {
  const { store, clock, random, onChange } = ports
  const keep = receiptDesk(store, onChange)
  return pushLane<OutboxItem>({
    items: storedFirst(byTask(store.dueOutbox(dueAt, RUN_LIMIT))), parallel: PARALLEL, clock, random,
    send: (item, signalOfRun) => sendSubmission(ports, keep, item, signalOfRun),
    scheduleRetry: ({ submissionId }, nextAttemptAt, note) => { store.scheduleRetry(submissionId, nextAttemptAt, note) },
    layAside: ({ submissionId }, note) => {
      store.deadLetter(submissionId, note)
      onChange()
    },
  }, signal)
}

/** Commits whose bytes are stored already come first, because they are the cheapest to finish. */
function storedFirst(groups: OutboxItem[][]): OutboxItem[][] {
  const isStored = (group: OutboxItem[]) => group[0]?.blobStored === true
  return groups.sort((left, right) => Number(isStored(right)) - Number(isStored(left)))
}

async function sendSubmission(ports: PushPorts, keep: (receipt: Receipt) => Promise<void>, item: OutboxItem, signal: AbortSignal): Promise<void> {
  let stored = item.blobStored
  try {
    if (!stored) await storeBytes(ports, item, signal)
    stored = true
    const receipt = await commit(ports, item, signal)
    signal.throwIfAborted()
    await keep(receipt)
  } catch (error) {
    signal.throwIfAborted()
    // Worth a write to the disk only now: what gets its receipt leaves the outbox, and bytes that are sent twice do no harm.
    if (stored && !item.blobStored) ports.store.markBlobStored(item.submissionId)
    throw error
  }
}

async function storeBytes({ store, objectStore, board }: PushPorts, item: OutboxItem, signal: AbortSignal): Promise<void> {
  const bytes = store.submissionBytes(item.submissionId)
  const transfer = board.begin({ direction: 'up', name: item.taskId, totalBytes: bytes.length })
  try {
    await objectStore.put({ key: item.commit.objectKey, bytes, sha256: item.sha256, mediaType: SUBMISSION_MEDIA_TYPE, onSent: (sent) => { transfer.progress(sent) } }, signal)
  } finally {
    transfer.end()
  }
}

async function commit(ports: PushPorts, item: OutboxItem, signal: AbortSignal): Promise<Receipt> {
  const receipt = await ports.orchestrator.submit(item.commit, signal).catch(async (error: unknown) => {
    if (!isBlobMissing(error)) throw error
    // The storage has lost what it had, for instance because it was rolled back.
    await storeBytes(ports, item, signal)
    return ports.orchestrator.submit(item.commit, signal)
  })
  if (receipt.submissionId === item.submissionId && receipt.sha256 === item.sha256) return receipt
  throw new RemoteError({ kind: 'corrupt' }, 'The receipt is for another submission')
}

function isBlobMissing(error: unknown): boolean {
  return error instanceof RemoteError && 'code' in error.failure && error.failure.code === 'blobMissing'
}
