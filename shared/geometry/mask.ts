import type { Box, Size } from './box.ts'
import type { Point } from './point.ts'
import type { Rle } from './rle.ts'
import { combineRuns, createRuns, eachPiece, edgesUpTo, majorityOfRuns, rleOfRuns, runsOf } from './runs.ts'
import type { Runs } from './runs.ts'

/** The width and height of the image that a mask lies on, in pixels. */
export function maskSize(rle: Rle): Size {
  return { width: rle.size[1], height: rle.size[0] }
}

/**
 * The pixels of a mask, row by row, 1 where it is set; `width * height` bytes.
 * @throws RangeError as `decodeCounts`.
 */
export function decodeMask(rle: Rle): Uint8Array {
  const { width, height } = maskSize(rle)
  const pixels = new Uint8Array(width * height)
  eachPiece(runsOf(rle), height, (column, top, bottom) => {
    for (let row = top; row < bottom; row += 1) pixels[row * width + column] = 1
  })
  return pixels
}

/** The inverse of `decodeMask`; any byte but 0 is set. */
export function encodeMask(pixels: Uint8Array, width: number, height: number): Rle {
  const runs = createRuns()
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) if (pixels[y * width + x] !== 0) runs.add(x * height + y, x * height + y + 1)
  }
  return rleOfRuns(runs.done(), [height, width])
}

/** The mask on a canvas of another size, from the same top-left corner; what does not fit is lost. */
export function maskOnCanvas(rle: Rle, size: Size): Rle {
  const from = maskSize(rle)
  if (from.width === size.width && from.height === size.height) return rle
  const pixels = decodeMask(rle)
  const placed = new Uint8Array(size.width * size.height)
  const width = Math.min(from.width, size.width)
  for (let y = 0; y < Math.min(from.height, size.height); y += 1) placed.set(pixels.subarray(y * from.width, y * from.width + width), y * size.width)
  return encodeMask(placed, size.width, size.height)
}

/** The number of pixels set. */
export function maskArea(rle: Rle): number {
  return measured(rle).area
}

/** The smallest box of whole pixels around the pixels set, as pycocotools' `toBbox`; an empty mask has a box of zero size at the origin. */
export function maskBounds(rle: Rle): Box {
  return measured(rle).bounds
}

/** Whether the pixel under `point` (image pixels) is set. */
export function maskHasPoint(rle: Rle, point: Point): boolean {
  const { width, height } = maskSize(rle)
  const x = Math.floor(point[0])
  const y = Math.floor(point[1])
  if (x < 0 || y < 0 || x >= width || y >= height) return false
  return edgesUpTo(runsOf(rle), x * height + y) % 2 === 1
}

/** The pixels that either mask has. Both must lie on images of one size. @throws RangeError if not. */
export function uniteMasks(a: Rle, b: Rle): Rle {
  return combineMasks(a, b, () => true)
}

/** The pixels of `a` that `b` does not have. Both must lie on images of one size. @throws RangeError if not. */
export function subtractMasks(a: Rle, b: Rle): Rle {
  return combineMasks(a, b, (inA, inB) => inA && !inB)
}

/** The pixels that both masks have. Both must lie on images of one size. @throws RangeError if not. */
export function intersectMasks(a: Rle, b: Rle): Rle {
  return combineMasks(a, b, (inA, inB) => inA && inB)
}

/** The pixels that more than half of several masks have; they lie on images of one size. Undefined without masks. @throws RangeError if the sizes differ. */
export function majorityMask(masks: readonly Rle[]): Rle | undefined {
  const [first] = masks
  if (first === undefined) return undefined
  for (const mask of masks) requireOneSize(first, mask)
  return rleOfRuns(majorityOfRuns(masks.map(runsOf)), first.size)
}

/** The mask shifted by whole pixels in a canvas of the same size; what leaves the canvas is lost. */
export function moveMask(rle: Rle, dx: number, dy: number): Rle {
  const { width, height } = maskSize(rle)
  const moved = createRuns()
  eachPiece(runsOf(rle), height, (column, top, bottom) => {
    const to = column + dx
    if (to < 0 || to >= width) return
    moved.add(to * height + Math.max(0, top + dy), to * height + Math.min(height, bottom + dy))
  })
  return rleOfRuns(moved.done(), rle.size)
}

function combineMasks(a: Rle, b: Rle, keep: (inA: boolean, inB: boolean) => boolean): Rle {
  requireOneSize(a, b)
  return rleOfRuns(combineRuns(runsOf(a), runsOf(b), keep), a.size)
}

/** @throws RangeError when two masks do not lie on images of one size. */
export function requireOneSize(a: Rle, b: Rle): void {
  if (a.size[0] !== b.size[0] || a.size[1] !== b.size[1]) throw new RangeError(`Masks of ${a.size.join(' x ')} and ${b.size.join(' x ')} do not lie on one image`)
}

interface Measures { readonly area: number; readonly bounds: Box }
const measures = new WeakMap<Rle, Measures>()

/** Area and bounds are asked for again and again, and cost a walk over all runs. */
function measured(rle: Rle): Measures {
  const before = measures.get(rle)
  if (before !== undefined) return before
  const made = measure(runsOf(rle), rle.size[0])
  measures.set(rle, made)
  return made
}

function measure(runs: Runs, height: number): Measures {
  const [first] = runs
  const last = runs.at(-1)
  if (first === undefined || last === undefined) return { area: 0, bounds: { x: 0, y: 0, width: 0, height: 0 } }
  let area = 0
  let minY = Infinity
  let maxY = -Infinity
  eachPiece(runs, height, (_, top, bottom) => {
    area += bottom - top
    minY = Math.min(minY, top)
    maxY = Math.max(maxY, bottom)
  })
  const x = Math.floor(first / height)
  return { area, bounds: { x, y: minY, width: Math.ceil(last / height) - x, height: maxY - minY } }
}
