import { JOURNAL_MEDIA_TYPE, journalObjectKey } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import { openDesk } from './desk.ts'
import { objectSender, type SendObject } from './objectSender.ts'
import type { JournalItem } from './ports.ts'
import { pushLane } from './pushLane.ts'
import type { PushPorts } from './pushPorts.ts'

const RUN_LIMIT = 500

/** Stores one edit history, and notes that durably. */
export type SendJournal = (item: JournalItem, signal: AbortSignal) => Promise<void>

/**
 * Stores the edit histories behind submissions that the orchestrator holds, so that a reviewer can see how a result came about: those that did not go with
 * their submission. One that is refused for good holds up nothing. @returns what went wrong last, if anything did
 */
export function pushJournals(ports: PushPorts, signal: AbortSignal): Promise<RemoteError | undefined> {
  const { store, clock, random } = ports
  return pushLane<JournalItem & { attempts: number }>({
    // Each by itself: their order says nothing. One that fails for now is simply there again in the next run.
    items: store.journalsToSend(RUN_LIMIT).map((item) => [{ ...item, attempts: 0 }]), clock, random,
    send: journalSender(ports, objectSender(ports)),
    scheduleRetry: () => undefined,
    layAside: (item) => { store.noteJournals([item], 'refused') },
  }, signal)
}

export function journalSender({ store, onChange }: PushPorts, sendObject: SendObject): SendJournal {
  const noteSent = openDesk<JournalItem>((items) => { store.noteJournals(items, 'sent') }, onChange)
  return async (item, signal) => {
    const { taskId, sha256, size } = item
    await sendObject({ taskId, key: journalObjectKey(sha256), sha256, mediaType: JOURNAL_MEDIA_TYPE, size, read: () => store.journalBytes(item) }, signal)
    signal.throwIfAborted()
    await noteSent(item)
  }
}
