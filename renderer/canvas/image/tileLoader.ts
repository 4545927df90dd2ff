import type { DecodedImages } from './decodedImages.ts'
import { tileUrl } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'

const AT_ONCE = 16
/** Tiles that nobody sees yet leave room for those that somebody will in a moment. */
const AHEAD_AT_ONCE = 2
/** How long a tile that failed is left alone, in milliseconds. */
const RETRY_AFTER_MS = 5_000

export interface TileLoader {
  get(tile: Tile): ImageBitmap | undefined
  /** Loads the tiles that are seen, first things first, then those that may be seen next, and stops loading all others. */
  want(seen: readonly Tile[], ahead: readonly Tile[]): void
  dispose(): void
}

export interface TileEvents {
  /** A tile that is seen has arrived. */
  readonly onLoaded: (tile: Tile) => void
  readonly onFailed: (tile: Tile, error: unknown) => void
  /** A tile that failed may be wanted again. */
  readonly onRetry: () => void
}

export function createTileLoader(pyramid: Pyramid, images: DecodedImages, events: TileEvents): TileLoader {
  const loading = new Map<string, AbortController>()
  const failedAt = new Map<string, number>()
  let seenKeys = new Set<string>()
  let queue: Tile[] = []
  let queueAhead: Tile[] = []
  let disposed = false
  const get = (tile: Tile) => images.get(tileUrl(pyramid, tile))

  const fail = (tile: Tile, error: unknown) => {
    failedAt.set(tile.key, performance.now())
    setTimeout(() => { if (!disposed) events.onRetry() }, RETRY_AFTER_MS)
    events.onFailed(tile, error)
  }
  const start = (tile: Tile) => {
    const abort = new AbortController()
    loading.set(tile.key, abort)
    images.load(tileUrl(pyramid, tile), abort.signal).then(
      () => { if (!disposed && seenKeys.has(tile.key)) events.onLoaded(tile) },
      (error: unknown) => { if (!abort.signal.aborted) fail(tile, error) },
    ).finally(() => {
      if (loading.get(tile.key) === abort) loading.delete(tile.key)
      if (!disposed) startMore()
    })
  }
  const startMore = () => {
    while (loading.size < AT_ONCE) {
      const next = queue.shift() ?? (loading.size < AHEAD_AT_ONCE ? queueAhead.shift() : undefined)
      if (next === undefined) return
      start(next)
    }
  }

  return {
    get,
    want(seen, ahead) {
      seenKeys = new Set(seen.map((tile) => tile.key))
      const wanted = new Set([...seen, ...ahead].map((tile) => tile.key))
      for (const [key, abort] of loading) {
        if (wanted.has(key)) continue
        abort.abort()
        loading.delete(key)
      }
      const now = performance.now()
      const isMissing = (tile: Tile) => get(tile) === undefined && !loading.has(tile.key) && now - (failedAt.get(tile.key) ?? -Infinity) >= RETRY_AFTER_MS
      queue = seen.filter(isMissing)
      queueAhead = ahead.filter((tile) => !seenKeys.has(tile.key) && isMissing(tile))
      startMore()
    },
    dispose() {
      disposed = true
      queue = []
      queueAhead = []
      for (const abort of loading.values()) abort.abort()
    },
  }
}
