import { straighten } from './pixels.ts'
import type { Clip, Pixels } from './pixels.ts'

/** Which bands of a picture a thread draws: of `count` threads, this is the one at `index`. */
export interface Share { readonly index: number; readonly count: number }

export const WHOLE: Share = { index: 0, count: 1 }

/** Rows of pixels that are drawn in one go: some milliseconds' work where shapes are dense, and few enough that the threads get about the same. */
const BAND_ROWS = 80

/** The bands of a part of a picture that belong to a share. They lie on a grid of the picture, whatever the part, so that a thread always has the same rows. */
export function* bandsOf(clip: Clip, { index, count }: Share): Generator<Clip> {
  for (let band = Math.floor(clip.top / BAND_ROWS); band * BAND_ROWS < clip.bottom; band += 1) {
    if (band % count === index) yield { ...clip, top: Math.max(clip.top, band * BAND_ROWS), bottom: Math.min(clip.bottom, (band + 1) * BAND_ROWS) }
  }
}

/** The pixels of a share in a part of a picture, band after band, as canvases take them: not multiplied by their opacity. */
export function takeBands({ data, width }: Pixels, clip: Clip, share: Share): Int32Array<ArrayBuffer> {
  const bands = [...bandsOf(clip, share)]
  const taken = new Int32Array(bands.reduce((rows, { top, bottom }) => rows + bottom - top, 0) * (clip.right - clip.left))
  let to = 0
  for (const { left, top, right, bottom } of bands) {
    for (let row = top; row < bottom; row += 1) {
      for (let at = row * width + left; at < row * width + right; at += 1, to += 1) taken[to] = straighten(data[at] ?? 0)
    }
  }
  return taken
}

/** Lays what `takeBands` took of a part of a picture into an image of just that part. */
export function layBands(image: Int32Array, clip: Clip, share: Share, taken: Int32Array): void {
  const width = clip.right - clip.left
  let from = 0
  for (const { top, bottom } of bandsOf(clip, share)) {
    const length = (bottom - top) * width
    image.set(taken.subarray(from, from + length), (top - clip.top) * width)
    from += length
  }
}
