interface Waiting<T> { item: T; resolve: () => void; reject: (error: unknown) => void }

/** Between two transactions lies so much time, in milliseconds, unless so many wait: each of them waits for the disk, and nothing else is done meanwhile. */
export interface DeskPace { pauseMs: number; enough: number }
const USUAL: DeskPace = { pauseMs: 30, enough: 16 }

/**
 * Stores what arrives within a moment in one durable transaction (`storeAll`: all of it, or nothing when one is wrong). One that is wrong fails alone.
 * What is handed in is stored by the time its promise settles.
 */
export function openDesk<T>(storeAll: (items: readonly T[]) => void, onStored: () => void = () => undefined, { pauseMs, enough } = USUAL): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let storedAt = -Infinity
  const store = (batch: readonly Waiting<T>[]) => {
    try {
      storeAll(batch.map(({ item }) => item))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const each of batch) store([each])
    }
  }
  const flush = () => {
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    store(batch)
    storedAt = performance.now()
    onStored()
  }
  return (item) => new Promise((resolve, reject) => {
    waiting.push({ item, resolve, reject })
    const waitMs = storedAt + pauseMs - performance.now()
    if (waiting.length === 1 && waitMs > 0) setTimeout(flush, waitMs)
    // What was read from the network in one go is stored in one go.
    else if (waiting.length === 1 || waiting.length === enough) setImmediate(flush)
  })
}
