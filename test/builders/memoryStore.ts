import { createHash } from 'node:crypto'
import { RemoteError } from '../../shared/api/remoteError.ts'
import type { ObjectKey } from '../../shared/domain/asset.ts'
import type { ObjectStore } from '../../electron/engine/sync/ports.ts'

/**
 * Objects in memory, that can be changed behind everybody's back; `fetched` lists the keys that were asked for, and `ranges` from which byte on.
 * While `cutAfter` is set, the connection breaks after so many bytes.
 */
export function memoryStore(objects: Record<string, Uint8Array> = {}) {
  const held = new Map(Object.entries(objects))
  const fetched: ObjectKey[] = []
  const ranges: number[] = []
  const network: { cutAfter: number | undefined } = { cutAfter: undefined }
  const store: ObjectStore = {
    async put({ key, bytes }) {
      const there = held.get(key)
      if (there && Buffer.compare(there, bytes) !== 0) throw new RemoteError({ kind: 'conflict', status: 412, code: 'otherBytes' }, key)
      held.set(key, bytes)
      return there ? 'existed' : 'stored'
    },
    async *get({ key }, signal, from) {
      fetched.push(key)
      ranges.push(from?.offset ?? 0)
      const bytes = held.get(key)
      if (!bytes) throw new RemoteError({ kind: 'notFound' }, `There is no ${key}`)
      const version = createHash('sha256').update(bytes).digest('hex')
      const start = from?.version === version ? from.offset : 0
      from?.onBegin({ offset: start, version })
      for (let at = start; at < bytes.length || at === 0; at += 10_000) {
        signal.throwIfAborted()
        if (network.cutAfter !== undefined && at - start >= network.cutAfter) throw new RemoteError({ kind: 'transient' }, 'The connection was lost')
        yield Uint8Array.from(bytes.subarray(at, at + 10_000))
      }
    },
  }
  return { ...store, held, fetched, ranges, network }
}
