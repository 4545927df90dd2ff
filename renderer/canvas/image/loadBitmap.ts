import type { Size } from '../../../shared/geometry/box.ts'

const TIMEOUT_MS = 30_000

/**
 * Fetches and decodes an image off the main thread. With `expected` (pixels), a turn noted in the file is undone when it
 * would give another size, because labels count in the pixels as they are stored.
 * @throws Error when the bytes cannot be had or decoded, or when `signal` aborts.
 */
export async function loadBitmap(url: string, signal: AbortSignal, expected?: Size): Promise<ImageBitmap> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) })
  if (!response.ok) throw new Error(`The image answered ${response.status}`)
  const blob = await response.blob()
  const bitmap = await createImageBitmap(blob)
  if (expected === undefined || (bitmap.width === expected.width && bitmap.height === expected.height)) return bitmap
  bitmap.close()
  return createImageBitmap(blob, { imageOrientation: 'none' })
}
