import PQueue from 'p-queue'
import { JOURNAL_MEDIA_TYPE, journalObjectKey } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import type { JournalItem } from './ports.ts'
import type { PushPorts } from './push.ts'
import { asRemoteError, classify, isLinkFailure } from './retryPolicy.ts'

const PARALLEL = 4
const RUN_LIMIT = 500

/**
 * Stores the edit histories behind submissions that the orchestrator holds, so that a reviewer can see how a result came about. They come after all
 * submissions, and one that is refused for good holds up nothing. @returns what went wrong last, if anything did
 */
export async function pushJournals(ports: PushPorts, signal: AbortSignal): Promise<RemoteError | undefined> {
  let failure: RemoteError | undefined
  let linkIsDown = false
  const queue = new PQueue({ concurrency: PARALLEL })
  const pushes = ports.store.journalsToSend(RUN_LIMIT).map((item) => queue.add(async () => {
    if (linkIsDown || signal.aborted) return
    const failed = await pushJournal(ports, item, signal)
    if (failed === undefined) return
    failure = failed
    linkIsDown ||= isLinkFailure(failed.failure)
  }))
  const ended = await Promise.allSettled(pushes)
  signal.throwIfAborted()
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return failure
}

async function pushJournal({ store, objectStore, board, onChange }: PushPorts, item: JournalItem, signal: AbortSignal): Promise<RemoteError | undefined> {
  const bytes = store.journalBytes(item)
  const transfer = board.begin({ direction: 'up', name: item.taskId, totalBytes: bytes.length })
  try {
    await objectStore.put({ key: journalObjectKey(item.sha256), bytes, sha256: item.sha256, mediaType: JOURNAL_MEDIA_TYPE, onSent: (sent) => { transfer.progress(sent) } }, signal)
    signal.throwIfAborted()
    store.noteJournal(item, 'sent')
    onChange()
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    const failed = asRemoteError(error)
    if (classify(failed.failure) === 'deadLetter' && !isLinkFailure(failed.failure)) store.noteJournal(item, 'refused')
    return failed
  } finally {
    transfer.end()
  }
}
