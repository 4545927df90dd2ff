import { boxAround } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { maskBounds } from '../../../shared/geometry/mask.ts'
import type { Rle } from '../../../shared/geometry/rle.ts'
import { runsOf } from '../../../shared/geometry/runs.ts'
import { rasterMask } from './maskRaster.ts'
import type { MaskGrid } from './maskRaster.ts'

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Cells to the side of a tile, and how many cells are kept over all masks: 64 MB, several times what a screen shows. */
const TILE = 512
const MOST_CELLS = 16_000_000

/** Tiles by mask, colour and place, the one used longest ago first. */
const tiles = new Map<string, OffscreenCanvas>()
let cells = 0
const numbers = new WeakMap<Rle, number>()
let lastNumber = 0

/**
 * Draws a mask in one colour (#rrggbb) into a context that is in image pixels. Only what is in view is made into a picture, and no finer than it is
 * seen, so that a mask of the largest image costs no more than the screen is large.
 */
export function paintMask(context: Context, rle: Rle, color: string): void {
  const matrix = context.getTransform()
  const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c))
  const step = scale >= 1 ? 1 : 2 ** Math.floor(Math.log2(1 / scale))
  const bounds = maskBounds(rle)
  const view = viewOf(context, matrix)
  context.save()
  context.imageSmoothingEnabled = step > 1
  for (const grid of gridsOf(bounds, view, step)) {
    const tile = tileOf(rle, color, grid)
    if (tile === undefined) continue
    placeGrid(context, matrix, grid)
    context.drawImage(tile, 0, 0)
  }
  context.restore()
}

/** The part of the image plane that the context's canvas shows, in image pixels. */
function viewOf({ canvas }: Context, matrix: DOMMatrix): Box {
  const back = matrix.inverse()
  return boxAround([[0, 0], [canvas.width, 0], [canvas.width, canvas.height], [0, canvas.height]].map(([x = 0, y = 0]) => {
    const { x: imageX, y: imageY } = back.transformPoint({ x, y })
    return [imageX, imageY]
  }))
}

/** The tiles of a mask that are in view, counted from the top left of its bounds. */
function gridsOf(bounds: Box, view: Box, step: number): MaskGrid[] {
  const side = TILE * step
  const along = (low: number, length: number, from: number, size: number): [number, number] => {
    return [Math.max(0, Math.floor((from - low) / side)), Math.min(Math.ceil(length / side), Math.ceil((from + size - low) / side))]
  }
  const [left, right] = along(bounds.x, bounds.width, view.x, view.width)
  const [top, bottom] = along(bounds.y, bounds.height, view.y, view.height)
  const grids: MaskGrid[] = []
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      grids.push({
        x: bounds.x + column * side, y: bounds.y + row * side, step,
        columns: Math.min(TILE, Math.ceil((bounds.width - column * side) / step)), rows: Math.min(TILE, Math.ceil((bounds.height - row * side) / step)),
      })
    }
  }
  return grids
}

/** Lets the context draw in cells. Corners lie on whole pixels of the screen, or the joints between tiles would show. */
function placeGrid(context: Context, matrix: DOMMatrix, { x, y, columns, rows, step }: MaskGrid): void {
  const corner = (column: number, row: number) => {
    const place = matrix.transformPoint({ x: x + column * step, y: y + row * step })
    return [Math.round(place.x), Math.round(place.y)] as const
  }
  const [originX, originY] = corner(0, 0)
  const [rightX, rightY] = corner(columns, 0)
  const [downX, downY] = corner(0, rows)
  context.setTransform((rightX - originX) / columns, (rightY - originY) / columns, (downX - originX) / rows, (downY - originY) / rows, originX, originY)
}

function tileOf(rle: Rle, color: string, grid: MaskGrid): OffscreenCanvas | undefined {
  const key = [numberOf(rle), color, grid.step, grid.x, grid.y].join('/')
  const known = tiles.get(key)
  tiles.delete(key)
  const tile = known ?? makeTile(rle, color, grid)
  if (tile === undefined) return undefined
  tiles.set(key, tile)
  if (known === undefined) {
    cells += grid.columns * grid.rows
    forgetOldest()
  }
  return tile
}

function makeTile(rle: Rle, color: string, grid: MaskGrid): OffscreenCanvas | undefined {
  const tile = new OffscreenCanvas(grid.columns, grid.rows)
  const context = tile.getContext('2d')
  if (context === null) return undefined
  const pixels = rasterMask(runsOf(rle), rle.size[0], grid, color)
  context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), grid.columns, grid.rows), 0, 0)
  return tile
}

function forgetOldest(): void {
  for (const [key, tile] of tiles) {
    if (cells <= MOST_CELLS) return
    tiles.delete(key)
    cells -= tile.width * tile.height
  }
}

/** Masks never change, so each has one number for good. */
function numberOf(rle: Rle): number {
  const known = numbers.get(rle)
  if (known !== undefined) return known
  lastNumber += 1
  numbers.set(rle, lastNumber)
  return lastNumber
}
