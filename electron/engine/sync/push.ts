import { SUBMISSION_MEDIA_TYPE } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import { openDesk } from './desk.ts'
import { objectSender, type SendObject } from './objectSender.ts'
import type { OutboxItem } from './ports.ts'
import { journalSender, type SendJournal } from './pushJournals.ts'
import { byTask, pushLane } from './pushLane.ts'
import type { PushPorts } from './pushPorts.ts'
import { asRemoteError, isLinkFailure } from './retryPolicy.ts'

/** Items looked at in one run; the next run takes the rest. */
const RUN_LIMIT = 1_000

/**
 * Sends every submission of the outbox that is due at `dueAt` (milliseconds since 1970): its bytes to storage, then the commit, then its receipt into the
 * store, then the edit history behind it to storage. Items fail on their own, except that the later revisions of a task wait with the one that is tried again; a failure of the
 * link ends the run and is charged to none of them.
 * @returns what went wrong last, if anything did
 */
export function pushOutbox(ports: PushPorts, dueAt: number, signal: AbortSignal): Promise<RemoteError | undefined> {
  const { store, clock, random, onChange } = ports
  const keep = openDesk<Receipt>((receipts) => { store.acceptReceipts(receipts) }, onChange)
  const sendObject = objectSender(ports)
  const sendJournal = journalSender(ports, sendObject)
  return pushLane<OutboxItem>({
    items: storedFirst(byTask(store.dueOutbox(dueAt, RUN_LIMIT))), clock, random,
    async send(item, signalOfRun) {
      await sendSubmission({ ...ports, sendObject, keep }, item, signalOfRun)
      await sendJournalOf(ports, sendJournal, item, signalOfRun)
    },
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

interface SubmissionPorts extends PushPorts { sendObject: SendObject; keep: (receipt: Receipt) => Promise<void> }

async function sendSubmission(ports: SubmissionPorts, item: OutboxItem, signal: AbortSignal): Promise<void> {
  let stored = item.blobStored
  try {
    if (!stored) await storeBytes(ports, item, signal)
    stored = true
    const receipt = await commit(ports, item, signal)
    signal.throwIfAborted()
    await ports.keep(receipt)
  } catch (error) {
    signal.throwIfAborted()
    // Worth a write to the disk only now: what gets its receipt leaves the outbox, and bytes that are sent twice do no harm.
    if (stored && !item.blobStored) ports.store.markBlobStored(item.submissionId)
    throw error
  }
}

/** What fails here is no failure of the submission, which is through: it is tried again with the histories that are left at the end of the round. */
async function sendJournalOf({ store }: PushPorts, send: SendJournal, { submissionId }: OutboxItem, signal: AbortSignal): Promise<void> {
  const journal = store.journalToSend(submissionId)
  if (journal === undefined) return
  try {
    await send(journal, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (isLinkFailure(asRemoteError(error).failure)) throw error
  }
}

function storeBytes({ store, sendObject }: SubmissionPorts, { submissionId, taskId, sha256, commit }: OutboxItem, signal: AbortSignal): Promise<void> {
  return sendObject({ taskId, key: commit.objectKey, sha256, mediaType: SUBMISSION_MEDIA_TYPE, size: commit.size, read: () => store.submissionBytes(submissionId) }, signal)
}

async function commit(ports: SubmissionPorts, item: OutboxItem, signal: AbortSignal): Promise<Receipt> {
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
