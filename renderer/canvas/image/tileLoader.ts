import { createBitmapCache } from './bitmapCache.ts'
import { loadBitmap } from './loadBitmap.ts'
import { tileUrl } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'

/** Decoded pixels kept: 64 million are 256 MB. */
const PIXEL_BUDGET = 64_000_000
const AT_ONCE = 6
/** How long a tile that failed is left alone, in milliseconds. */
const RETRY_AFTER_MS = 5_000

export interface TileLoader {
  get(tile: Tile): ImageBitmap | undefined
  /** Loads these tiles, first things first, and stops loading all others. */
  want(tiles: readonly Tile[]): void
  dispose(): void
}

export interface TileEvents {
  readonly onLoaded: () => void
  readonly onFailed: (tile: Tile, error: unknown) => void
  /** A tile that failed may be wanted again. */
  readonly onRetry: () => void
}

export function createTileLoader(pyramid: Pyramid, events: TileEvents): TileLoader {
  const cache = createBitmapCache<ImageBitmap>(PIXEL_BUDGET)
  const loading = new Map<string, AbortController>()
  const failedAt = new Map<string, number>()
  let queue: Tile[] = []
  let disposed = false

  const fail = (tile: Tile, error: unknown) => {
    failedAt.set(tile.key, performance.now())
    setTimeout(() => { if (!disposed) events.onRetry() }, RETRY_AFTER_MS)
    events.onFailed(tile, error)
  }
  const start = (tile: Tile) => {
    const abort = new AbortController()
    loading.set(tile.key, abort)
    loadBitmap(tileUrl(pyramid, tile), abort.signal).then(
      (bitmap) => {
        if (disposed) return bitmap.close()
        cache.set(tile.key, bitmap)
        events.onLoaded()
      },
      (error: unknown) => { if (!abort.signal.aborted) fail(tile, error) },
    ).finally(() => {
      if (loading.get(tile.key) === abort) loading.delete(tile.key)
      if (!disposed) startMore()
    })
  }
  const startMore = () => {
    while (loading.size < AT_ONCE) {
      const next = queue.shift()
      if (next === undefined) return
      start(next)
    }
  }

  return {
    get: (tile) => cache.get(tile.key),
    want(tiles) {
      const wanted = new Set(tiles.map((tile) => tile.key))
      for (const [key, abort] of loading) {
        if (wanted.has(key)) continue
        abort.abort()
        loading.delete(key)
      }
      const now = performance.now()
      queue = tiles.filter(({ key }) => cache.get(key) === undefined && !loading.has(key) && now - (failedAt.get(key) ?? -Infinity) >= RETRY_AFTER_MS)
      startMore()
    },
    dispose() {
      disposed = true
      queue = []
      for (const abort of loading.values()) abort.abort()
      cache.clear()
    },
  }
}
