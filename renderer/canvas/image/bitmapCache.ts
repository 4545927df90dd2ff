/** What the cache needs to know of an `ImageBitmap`. */
export interface Bitmap { readonly width: number; readonly height: number; close(): void }

/** Keeps decoded bitmaps up to a number of pixels; those used longest ago are closed first. */
export interface BitmapCache<B extends Bitmap> {
  /** The bitmap, now counted as used last. */
  get(key: string): B | undefined
  set(key: string, bitmap: B): void
  clear(): void
}

export function createBitmapCache<B extends Bitmap>(pixelBudget: number): BitmapCache<B> {
  // A Map keeps the order of insertion, so the first entry is the one used longest ago.
  const bitmaps = new Map<string, B>()
  let pixels = 0

  const drop = (key: string, bitmap: B) => {
    bitmaps.delete(key)
    pixels -= bitmap.width * bitmap.height
    bitmap.close()
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
      for (const [oldest, candidate] of bitmaps) {
        if (pixels <= pixelBudget || oldest === key) break
        drop(oldest, candidate)
      }
    },
    clear() {
      for (const [key, bitmap] of bitmaps) drop(key, bitmap)
    },
  }
}
