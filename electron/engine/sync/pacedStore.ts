import type { Bandwidth } from './bandwidth.ts'
import type { LinkMeter } from './linkMeter.ts'
import type { ObjectStore } from './ports.ts'

export interface Pacing {
  bandwidth: Bandwidth
  meter: LinkMeter
  /** Resolves when no round of sync is running. */
  whenPushed: () => Promise<void>
}

/** Object storage whose transfers keep to the bandwidth budget; under one, images also stand still while work is being sent. */
export function pacedStore(store: ObjectStore, { bandwidth, meter, whenPushed }: Pacing): ObjectStore {
  return {
    async put(request, signal) {
      await bandwidth.take(request.bytes.length, 'submission', signal)
      return store.put(request, signal)
    },
    async *get(ref, signal, from) {
      for await (const part of store.get(ref, signal, from)) {
        meter.note(part.length)
        if (bandwidth.isLimited) {
          await whenPushed()
          await bandwidth.take(part.length, 'image', signal)
        }
        yield part
      }
    },
  }
}
