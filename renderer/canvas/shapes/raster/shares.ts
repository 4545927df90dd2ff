import { straighten } from './pixels.ts'
import type { Clip, Pixels } from './pixels.ts'

/** Which bands of a picture a thread draws: of `count` threads, this is the one at `index`. */
export interface Share { readonly index: number; readonly count: number }

export const WHOLE: Share = { index: 0, count: 1 }

/** Rows of pixels that are drawn in one go: some milliseconds' work where shapes are dense, and few enough that the threads get about the same. */
const BAND_ROWS = 80

/** The bands of a part of a picture that belong to a share. They lie on a grid of the picture, whatever the part, so that a thread always has the same rows. */
export function* bandsOf(clip: Clip, { index, count }: Share): Generator<Clip> {
  for (let band = bandAt(clip.top); band * BAND_ROWS < clip.bottom; band += 1) {
    if (band % count === index) yield { ...clip, top: Math.max(clip.top, band * BAND_ROWS), bottom: Math.min(clip.bottom, (band + 1) * BAND_ROWS) }
  }
}

function bandAt(row: number): number {
  return Math.floor(row / BAND_ROWS)
}

/** Pixels for the bands of a share in a picture of a size, one band right behind the other. */
export function pixelsOfShare(width: number, height: number, share: Share): Pixels {
  const all = { left: 0, top: 0, right: width, bottom: height }
  return { data: new Int32Array(width * rowsIn([...bandsOf(all, share)])), width, height, skipped: 0 }
}

/** The same pixels, but counted as those of a band of the share are. */
export function atBand(pixels: Pixels, { top }: Clip, { count }: Share): Pixels {
  const band = bandAt(top)
  const others = band - Math.floor(band / count)
  return { ...pixels, skipped: others * BAND_ROWS * pixels.width }
}

/** The pixels of a share in a part of a picture, band after band, as canvases take them: not multiplied by their opacity. */
export function takeBands(pixels: Pixels, clip: Clip, share: Share): Int32Array<ArrayBuffer> {
  const bands = [...bandsOf(clip, share)]
  const width = clip.right - clip.left
  const taken = new Int32Array(rowsIn(bands) * width)
  let from = 0
  for (const band of bands) {
    takeBand(pixels, band, share, taken.subarray(from))
    from += rowsIn([band]) * width
  }
  return taken
}

/** Puts what `takeBands` took of a part of a picture into its place on a canvas of just that part. */
export function putBands(board: Board, clip: Clip, share: Share, taken: Int32Array<ArrayBuffer>): void {
  let from = 0
  for (const band of bandsOf(clip, share)) {
    putBand(board, clip, band, taken.subarray(from))
    from += rowsIn([band]) * (clip.right - clip.left)
  }
}

/** Takes and puts, with memory for one band only. */
export function putOwnBands(board: Board, clip: Clip, share: Share, pixels: Pixels): void {
  const rows = new Int32Array(BAND_ROWS * (clip.right - clip.left))
  for (const band of bandsOf(clip, share)) {
    takeBand(pixels, band, share, rows)
    putBand(board, clip, band, rows)
  }
}

/** What of a canvas is needed. */
type Board = Pick<OffscreenCanvasRenderingContext2D, 'putImageData'>

function takeBand(pixels: Pixels, band: Clip, share: Share, into: Int32Array): void {
  const { data, width, skipped } = atBand(pixels, band, share)
  let to = 0
  for (let row = band.top; row < band.bottom; row += 1) {
    const start = row * width - skipped
    for (let at = start + band.left; at < start + band.right; at += 1, to += 1) into[to] = straighten(data[at] ?? 0)
  }
}

function putBand(board: Board, clip: Clip, band: Clip, rows: Int32Array<ArrayBuffer>): void {
  const width = clip.right - clip.left
  const bytes = new Uint8ClampedArray(rows.buffer, rows.byteOffset, 4 * rowsIn([band]) * width)
  board.putImageData(new ImageData(bytes, width), 0, band.top - clip.top)
}

function rowsIn(bands: readonly Clip[]): number {
  return bands.reduce((rows, { top, bottom }) => rows + bottom - top, 0)
}
