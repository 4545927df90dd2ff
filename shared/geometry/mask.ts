import type { Box } from './box.ts'
import type { Point } from './point.ts'
import type { Rle } from './rle.ts'
import { decodeCounts, encodeCounts } from './rleCounts.ts'

/**
 * The pixels of a mask, row by row, 1 where it is set; `width * height` bytes.
 * @throws RangeError as `decodeCounts`.
 */
export function decodeMask(rle: Rle): Uint8Array {
  const [height, width] = rle.size
  const pixels = new Uint8Array(width * height)
  eachRun(rle, (start, length) => {
    for (let at = start; at < start + length; at += 1) pixels[(at % height) * width + Math.floor(at / height)] = 1
  })
  return pixels
}

/** The inverse of `decodeMask`; any byte but 0 is set. */
export function encodeMask(pixels: Uint8Array, width: number, height: number): Rle {
  const counts: number[] = []
  let current = 0
  let run = 0
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      const value = pixels[y * width + x] === 0 ? 0 : 1
      if (value !== current) {
        counts.push(run)
        current = value
        run = 0
      }
      run += 1
    }
  }
  return encodeCounts([...counts, run], [height, width])
}

/** The number of pixels set. */
export function maskArea(rle: Rle): number {
  let area = 0
  eachRun(rle, (_, length) => { area += length })
  return area
}

/** The smallest box of whole pixels around the pixels set, as pycocotools' `toBbox`; an empty mask has a box of zero size at the origin. */
export function maskBounds(rle: Rle): Box {
  const [height] = rle.size
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  eachRun(rle, (start, length) => {
    const end = start + length - 1
    const firstColumn = Math.floor(start / height)
    const lastColumn = Math.floor(end / height)
    const oneColumn = firstColumn === lastColumn
    minX = Math.min(minX, firstColumn)
    maxX = Math.max(maxX, lastColumn + 1)
    minY = Math.min(minY, oneColumn ? start % height : 0)
    maxY = Math.max(maxY, oneColumn ? (end % height) + 1 : height)
  })
  return minX === Infinity ? { x: 0, y: 0, width: 0, height: 0 } : { x: minX, y: minY, width: maxX - minX, height: maxY - minY }
}

/** Whether the pixel under `point` (image pixels) is set. */
export function maskHasPoint(rle: Rle, point: Point): boolean {
  const [height, width] = rle.size
  const x = Math.floor(point[0])
  const y = Math.floor(point[1])
  if (x < 0 || y < 0 || x >= width || y >= height) return false
  const wanted = x * height + y
  let found = false
  eachRun(rle, (start, length) => { found ||= wanted >= start && wanted < start + length })
  return found
}

/** The mask shifted by whole pixels in a canvas of the same size; what leaves the canvas is lost. */
export function moveMask(rle: Rle, dx: number, dy: number): Rle {
  const [height, width] = rle.size
  const pixels = decodeMask(rle)
  const moved = new Uint8Array(pixels.length)
  for (let y = Math.max(0, dy); y < Math.min(height, height + dy); y += 1) {
    for (let x = Math.max(0, dx); x < Math.min(width, width + dx); x += 1) {
      moved[y * width + x] = pixels[(y - dy) * width + (x - dx)] ?? 0
    }
  }
  return encodeMask(moved, width, height)
}

/** Calls `visit` for every foreground run with its start in column-major order and its length, both in pixels. */
function eachRun(rle: Rle, visit: (start: number, length: number) => void): void {
  let start = 0
  decodeCounts(rle).forEach((count, index) => {
    if (index % 2 === 1 && count > 0) visit(start, count)
    start += count
  })
}
