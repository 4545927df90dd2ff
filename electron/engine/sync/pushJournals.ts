import { JOURNAL_MEDIA_TYPE, journalObjectKey } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import type { JournalItem } from './ports.ts'
import type { PushPorts } from './push.ts'
import { pushLane } from './pushLane.ts'

const PARALLEL = 4
const RUN_LIMIT = 500

/**
 * Stores the edit histories behind submissions that the orchestrator holds, so that a reviewer can see how a result came about. They come after all
 * submissions, and one that is refused for good holds up nothing. @returns what went wrong last, if anything did
 */
export function pushJournals(ports: PushPorts, signal: AbortSignal): Promise<RemoteError | undefined> {
  const { store, clock, random } = ports
  return pushLane<JournalItem & { attempts: number }>({
    // Each by itself: their order says nothing. One that fails for now is simply there again in the next run.
    items: store.journalsToSend(RUN_LIMIT).map((item) => [{ ...item, attempts: 0 }]), parallel: PARALLEL, clock, random,
    send: (item, signalOfRun) => storeJournal(ports, item, signalOfRun),
    scheduleRetry: () => undefined,
    layAside: (item) => { store.noteJournal(item, 'refused') },
  }, signal)
}

async function storeJournal({ store, objectStore, board, onChange }: PushPorts, item: JournalItem, signal: AbortSignal): Promise<void> {
  const bytes = store.journalBytes(item)
  const transfer = board.begin({ direction: 'up', name: item.taskId, totalBytes: bytes.length })
  try {
    await objectStore.put({ key: journalObjectKey(item.sha256), bytes, sha256: item.sha256, mediaType: JOURNAL_MEDIA_TYPE, onSent: (sent) => { transfer.progress(sent) } }, signal)
    signal.throwIfAborted()
    store.noteJournal(item, 'sent')
    onChange()
  } finally {
    transfer.end()
  }
}
