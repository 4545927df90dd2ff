import { RemoteError } from '../../shared/api/remoteError.ts'
import type { ObjectKey } from '../../shared/domain/asset.ts'
import type { ObjectStore } from '../../electron/engine/sync/ports.ts'

/** Objects in memory, that can be changed behind everybody's back; `fetched` lists the keys that were asked for. */
export function memoryStore(objects: Record<string, Uint8Array> = {}) {
  const held = new Map(Object.entries(objects))
  const fetched: ObjectKey[] = []
  const store: ObjectStore = {
    async put({ key, bytes }) {
      const there = held.get(key)
      if (there && Buffer.compare(there, bytes) !== 0) throw new RemoteError({ kind: 'conflict', status: 412, code: 'otherBytes' }, key)
      held.set(key, bytes)
      return there ? 'existed' : 'stored'
    },
    async *get({ key }, signal) {
      fetched.push(key)
      const bytes = held.get(key)
      if (!bytes) throw new RemoteError({ kind: 'notFound' }, `There is no ${key}`)
      for (let at = 0; at < bytes.length || at === 0; at += 10_000) {
        signal.throwIfAborted()
        yield bytes.subarray(at, at + 10_000)
      }
    },
  }
  return { ...store, held, fetched }
}
