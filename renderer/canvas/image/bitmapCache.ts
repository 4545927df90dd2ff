/** What the cache needs to know of an `ImageBitmap`. */
export interface Bitmap { readonly width: number; readonly height: number; close(): void }

/** Keeps decoded bitmaps up to a number of pixels; of those that nobody holds, the ones used longest ago are closed first. */
export interface BitmapCache<B extends Bitmap> {
  /** The bitmap, now counted as used last. */
  get(key: string): B | undefined
  set(key: string, bitmap: B): void
  /** Keeps what is or will be under the key until the answer is called. */
  hold(key: string): () => void
}

export function createBitmapCache<B extends Bitmap>(pixelBudget: number): BitmapCache<B> {
  // A Map keeps the order of insertion, so the first entry is the one used longest ago.
  const bitmaps = new Map<string, B>()
  const holders = new Map<string, number>()
  let pixels = 0

  const drop = (key: string, bitmap: B) => {
    bitmaps.delete(key)
    pixels -= bitmap.width * bitmap.height
    bitmap.close()
  }
  const shrink = (except?: string) => {
    for (const [key, bitmap] of bitmaps) {
      if (pixels <= pixelBudget) return
      if (key !== except && !holders.has(key)) drop(key, bitmap)
    }
  }
  const count = (key: string, by: number) => {
    const held = (holders.get(key) ?? 0) + by
    if (held > 0) holders.set(key, held)
    else holders.delete(key)
  }

  return {
    get(key) {
      const bitmap = bitmaps.get(key)
      if (bitmap === undefined) return undefined
      bitmaps.delete(key)
      bitmaps.set(key, bitmap)
      return bitmap
    },
    set(key, bitmap) {
      const old = bitmaps.get(key)
      if (old !== undefined) drop(key, old)
      bitmaps.set(key, bitmap)
      pixels += bitmap.width * bitmap.height
      shrink(key)
    },
    hold(key) {
      count(key, 1)
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        count(key, -1)
        shrink()
      }
    },
  }
}
