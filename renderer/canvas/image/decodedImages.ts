import type { Size } from '../../../shared/geometry/box.ts'
import { createBitmapCache } from './bitmapCache.ts'
import { decodeInWindow } from './decoder.ts'
import type { LoadBitmap } from './decoder.ts'

/** Decoded pixels kept: 48 million are 192 MB. */
const PIXEL_BUDGET = 48_000_000

/** Decoded images and tiles by their URLs, shared by all that show or expect them. */
export interface DecodedImages {
  get(url: string): ImageBitmap | undefined
  /** Keeps a bitmap from being closed until the answer is called. */
  hold(url: string): () => void
  /**
   * Resolves when the bitmap is there to `get`; what several ask for is fetched once, and no longer when all of them have aborted.
   * `expected` as for `loadBitmap`. @throws Error when it cannot be had, or the reason of `signal`.
   */
  load(url: string, signal: AbortSignal, expected?: Size): Promise<void>
}

interface Loading { readonly loaded: Promise<void>; readonly abort: AbortController; waiting: number }

export function createDecodedImages(pixelBudget = PIXEL_BUDGET, loadBitmap: LoadBitmap = decodeInWindow): DecodedImages {
  const cache = createBitmapCache<ImageBitmap>(pixelBudget)
  const loading = new Map<string, Loading>()

  const begin = (url: string, expected: Size | undefined): Loading => {
    const abort = new AbortController()
    const loaded = loadBitmap(url, abort.signal, expected).then((bitmap) => {
      if (abort.signal.aborted) bitmap.close()
      else cache.set(url, bitmap)
    }).finally(() => { if (loading.get(url)?.abort === abort) loading.delete(url) })
    const begun = { loaded, abort, waiting: 0 }
    loading.set(url, begun)
    return begun
  }

  return {
    get: (url) => cache.get(url),
    hold: (url) => cache.hold(url),
    async load(url, signal, expected) {
      if (cache.get(url) !== undefined) return
      signal.throwIfAborted()
      const underWay = loading.get(url) ?? begin(url, expected)
      underWay.waiting += 1
      const leave = () => {
        underWay.waiting -= 1
        if (underWay.waiting > 0) return
        loading.delete(url)
        underWay.abort.abort(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      try {
        await underWay.loaded
      } finally {
        signal.removeEventListener('abort', leave)
      }
      signal.throwIfAborted()
    },
  }
}

/** Those of this window. */
export const decodedImages = createDecodedImages()
