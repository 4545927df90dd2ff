import PQueue from 'p-queue'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import type { Sha256, TaskId } from '../../../shared/domain/ids.ts'
import type { PushPorts } from './pushPorts.ts'

/** From this size on, in bytes, objects go a few at a time, so that those under way do not fill the memory. */
const LARGE_BYTES = 256 * 1024
const LARGE_AT_ONCE = 2

/** Something that goes to storage. `read` gives its bytes when its turn has come; `size` says how many those are, about. */
export interface Sendable { taskId: TaskId; key: ObjectKey; sha256: Sha256; mediaType: string; size: number; read: () => Uint8Array }

export type SendObject = (object: Sendable, signal: AbortSignal) => Promise<void>

/** Stores objects under their hash, on the board of transfers while they are under way. */
export function objectSender({ objectStore, board }: Pick<PushPorts, 'objectStore' | 'board'>): SendObject {
  const large = new PQueue({ concurrency: LARGE_AT_ONCE })
  const send = async ({ taskId, key, sha256, mediaType, read }: Sendable, signal: AbortSignal) => {
    signal.throwIfAborted()
    const bytes = read()
    const transfer = board.begin({ direction: 'up', name: taskId, totalBytes: bytes.length })
    try {
      await objectStore.put({ key, bytes, sha256, mediaType, onSent: (sent) => { transfer.progress(sent) } }, signal)
    } finally {
      transfer.end()
    }
  }
  return (object, signal) => (object.size < LARGE_BYTES ? send(object, signal) : large.add(() => send(object, signal)))
}
