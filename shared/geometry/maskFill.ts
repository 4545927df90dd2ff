import type { Size } from './box.ts'
import { maskHasPoint, maskSize, uniteMasks } from './mask.ts'
import { invertRuns, piecesOf, regionsOf } from './pieces.ts'
import type { Pieces } from './pieces.ts'
import type { Point } from './point.ts'
import type { Rle } from './rle.ts'
import { createRuns, rleOfRuns, runsOf } from './runs.ts'

/**
 * The empty region around `point` (image pixels) that a mask closes off: a hole, or what the mask and the edges of the image cut off together from
 * other empty places. Undefined where the mask is set, and in the only region that reaches the edge of the image, which nothing bounds.
 */
export function enclosedRegion(rle: Rle, point: Point): Rle | undefined {
  const size = maskSize(rle)
  const [x, y] = point.map(Math.floor)
  if (x === undefined || y === undefined || x < 0 || y < 0 || x >= size.width || y >= size.height || maskHasPoint(rle, point)) return undefined
  const empty = emptyPieces(rle)
  const regions = regionsOf(empty)
  const region = regions[pieceAt(empty, x, y)]
  const open = openRegions(empty, regions, size)
  if (region === undefined || (open.has(region) && open.size === 1)) return undefined
  return maskOfPieces(empty, size, (index) => regions[index] === region)
}

/** The mask with every hole filled: every empty place from which no way leads to the edge of the image. */
export function fillHoles(rle: Rle): Rle {
  const size = maskSize(rle)
  const empty = emptyPieces(rle)
  const regions = regionsOf(empty)
  const open = openRegions(empty, regions, size)
  return uniteMasks(rle, maskOfPieces(empty, size, (index) => !open.has(regions[index] ?? -1)))
}

function emptyPieces(rle: Rle): Pieces {
  return piecesOf(invertRuns(runsOf(rle), maskSize(rle)), rle.size[0])
}

/** The piece that holds a pixel: the last one that does not begin after it. */
function pieceAt({ columns, tops }: Pieces, x: number, y: number): number {
  let low = 0
  let high = columns.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const column = columns[middle] ?? 0
    if (column < x || (column === x && (tops[middle] ?? 0) <= y)) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The regions that reach the edge of the image. */
function openRegions({ columns, tops, bottoms }: Pieces, regions: Int32Array, { width, height }: Size): ReadonlySet<number> {
  const open = new Set<number>()
  columns.forEach((column, index) => {
    if (column === 0 || column === width - 1 || tops[index] === 0 || bottoms[index] === height) open.add(regions[index] ?? -1)
  })
  return open
}

function maskOfPieces({ columns, tops, bottoms }: Pieces, { width, height }: Size, wanted: (index: number) => boolean): Rle {
  const runs = createRuns()
  columns.forEach((column, index) => {
    if (wanted(index)) runs.add(column * height + (tops[index] ?? 0), column * height + (bottoms[index] ?? 0))
  })
  return rleOfRuns(runs.done(), [height, width])
}
