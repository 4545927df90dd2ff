import type { DecodedImages } from './decodedImages.ts'
import { tileUrl } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'

const AT_ONCE = 16
/** Tiles that nobody sees yet leave room for those that somebody does, or will in a moment. */
const BESIDE_AT_ONCE = 4
const AHEAD_AT_ONCE = 2
/** How long a tile that failed is left alone, in milliseconds. */
const RETRY_AFTER_MS = 5_000

export interface TileLoader {
  get(tile: Tile): ImageBitmap | undefined
  /** Loads tiles, first things first, and stops loading all others. */
  want(wanted: WantedTiles): void
  dispose(): void
}

/** Those in view, those that are drawn beside the view, and those that may be drawn next. */
export interface WantedTiles { readonly inView: readonly Tile[]; readonly beside: readonly Tile[]; readonly ahead: readonly Tile[] }

export interface TileEvents {
  /** A tile that is drawn has arrived. */
  readonly onLoaded: (tile: Tile) => void
  readonly onFailed: (tile: Tile, error: unknown) => void
  /** A tile that failed may be wanted again. */
  readonly onRetry: () => void
}

export function createTileLoader(pyramid: Pyramid, images: DecodedImages, events: TileEvents): TileLoader {
  const loading = new Map<string, AbortController>()
  const failedAt = new Map<string, number>()
  let drawnKeys = new Set<string>()
  /** What is to be loaded, and how many at once. */
  let queues: readonly { readonly tiles: Tile[]; readonly atOnce: number }[] = []
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
      () => { if (!disposed && drawnKeys.has(tile.key)) events.onLoaded(tile) },
      (error: unknown) => { if (!abort.signal.aborted) fail(tile, error) },
    ).finally(() => {
      if (loading.get(tile.key) === abort) loading.delete(tile.key)
      if (!disposed) startMore()
    })
  }
  const startMore = () => {
    for (const { tiles, atOnce } of queues) {
      while (loading.size < atOnce) {
        const next = tiles.shift()
        if (next === undefined) break
        start(next)
      }
    }
  }

  return {
    get,
    want({ inView, beside, ahead }) {
      drawnKeys = keysOf([...inView, ...beside])
      const wanted = keysOf(ahead)
      for (const [key, abort] of loading) {
        if (drawnKeys.has(key) || wanted.has(key)) continue
        abort.abort()
        loading.delete(key)
      }
      const now = performance.now()
      const isMissing = (tile: Tile) => get(tile) === undefined && !loading.has(tile.key) && now - (failedAt.get(tile.key) ?? -Infinity) >= RETRY_AFTER_MS
      const seen = keysOf(inView)
      queues = [
        { tiles: inView.filter(isMissing), atOnce: AT_ONCE },
        { tiles: beside.filter((tile) => !seen.has(tile.key) && isMissing(tile)), atOnce: BESIDE_AT_ONCE },
        { tiles: ahead.filter((tile) => !drawnKeys.has(tile.key) && isMissing(tile)), atOnce: AHEAD_AT_ONCE },
      ]
      startMore()
    },
    dispose() {
      disposed = true
      queues = []
      for (const abort of loading.values()) abort.abort()
    },
  }
}

function keysOf(tiles: readonly Tile[]): Set<string> {
  return new Set(tiles.map(({ key }) => key))
}
