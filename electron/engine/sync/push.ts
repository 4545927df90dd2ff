import PQueue from 'p-queue'
import { SUBMISSION_MEDIA_TYPE } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import type { Clock, ObjectStore, Orchestrator, OutboxItem, SyncStore } from './ports.ts'
import { asRemoteError, backoffMs, classify, isLinkFailure, ITEM_BACKOFF, noteOf } from './retryPolicy.ts'
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
const PARALLEL = 10
/** Items looked at in one run; the next run takes the rest. */
const RUN_LIMIT = 1_000

/**
 * Sends every submission of the outbox that is due at `dueAt` (milliseconds since 1970): its bytes to storage, then the commit, then its
 * receipt into the store. Items fail on their own, except that the later revisions of a task wait with the one that is tried again; a failure of the
 * link ends the run and is charged to none of them.
 * @returns what went wrong last, if anything did
 */
export async function pushOutbox(ports: PushPorts, dueAt: number, signal: AbortSignal): Promise<RemoteError | undefined> {
  let failure: RemoteError | undefined
  let linkIsDown = false
  const queue = new PQueue({ concurrency: PARALLEL })
  const pushes = inOrderOfSending(ports.store.dueOutbox(dueAt, RUN_LIMIT)).map((itemsOfTask) => queue.add(async () => {
    for (const item of itemsOfTask) {
      if (linkIsDown || signal.aborted) return
      const failed = await pushItem(ports, item, signal)
      if (failed === undefined) continue
      failure = failed
      linkIsDown ||= isLinkFailure(failed.failure)
      // Taken out of order, an older revision would become the newest one there.
      if (classify(failed.failure) !== 'deadLetter') return
    }
  }))
  // All of them, so that nothing writes to the store after this function has ended.
  const ended = await Promise.allSettled(pushes)
  signal.throwIfAborted()
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return failure
}

/**
 * The items of each task in their order, since a revision grows from the one before it; commits whose bytes are stored already come first,
 * because they are the cheapest to finish.
 */
function inOrderOfSending(items: OutboxItem[]): OutboxItem[][] {
  const byTask = new Map<TaskId, OutboxItem[]>()
  for (const item of items) byTask.set(item.taskId, [...(byTask.get(item.taskId) ?? []), item])
  const isStored = (group: OutboxItem[]) => group[0]?.blobStored === true
  return [...byTask.values()].sort((left, right) => Number(isStored(right)) - Number(isStored(left)))
}

async function pushItem(ports: PushPorts, item: OutboxItem, signal: AbortSignal): Promise<RemoteError | undefined> {
  let stored = item.blobStored
  try {
    if (!stored) await storeBytes(ports, item, signal)
    stored = true
    const receipt = await commit(ports, item, signal)
    signal.throwIfAborted()
    ports.store.acceptReceipt(receipt)
    ports.onChange()
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    // Worth a write to the disk only now: what gets its receipt leaves the outbox, and bytes that are sent twice do no harm.
    if (stored && !item.blobStored) ports.store.markBlobStored(item.submissionId)
    const failed = asRemoteError(error)
    endAttempt(ports, item, failed)
    return failed
  }
}

function endAttempt({ store, clock, random, onChange }: PushPorts, item: OutboxItem, error: RemoteError): void {
  if (isLinkFailure(error.failure)) return
  const now = clock.now()
  const end = classify(error.failure)
  switch (end) {
    case 'deadLetter':
      store.deadLetter(item.submissionId, noteOf(error, now))
      return onChange()
    // A grant is asked for anew at each attempt, which is all the refreshing it needs.
    case 'refresh': case 'retry': return store.scheduleRetry(item.submissionId, now + backoffMs(item.attempts + 1, ITEM_BACKOFF, random), noteOf(error, now))
    default: assertNever(end, 'end of an attempt')
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
