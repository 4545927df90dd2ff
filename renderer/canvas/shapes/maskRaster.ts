import { edgesUpTo } from '../../../shared/geometry/runs.ts'
import type { Runs } from '../../../shared/geometry/runs.ts'

/** A grid of cells over a part of the image: `x` and `y` are the image pixel at its top left, a cell is `step` image pixels wide and high. */
export interface MaskGrid { readonly x: number; readonly y: number; readonly columns: number; readonly rows: number; readonly step: number }

/**
 * The share of every cell that a mask covers as pixels in one colour (#rrggbb), row by row, as canvases hold them: red, green, blue, opacity. The work
 * grows with the runs and the cells, not with the image pixels. `height` is that of the image in pixels.
 */
export function rasterMask(runs: Runs, height: number, grid: MaskGrid, color: string): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(grid.columns * grid.rows)
  const tint = littleEndian(color)
  // For one column of cells, by how much the rows covered grow from one cell to the next.
  const growth = new Int32Array(grid.rows + 2)
  const whole = grid.step * grid.step
  for (let column = 0; column < grid.columns; column += 1) {
    growth.fill(0)
    for (let part = 0; part < grid.step; part += 1) addColumn(runs, height, grid, grid.x + column * grid.step + part, growth)
    let covered = 0
    for (let row = 0; row < grid.rows; row += 1) {
      covered += growth[row] ?? 0
      if (covered > 0) pixels[row * grid.columns + column] = tint + Math.round((255 * covered) / whole) * 2 ** 24
    }
  }
  return pixels
}

function addColumn(runs: Runs, height: number, { y, rows, step }: MaskGrid, column: number, growth: Int32Array): void {
  const head = column * height + y
  const length = Math.min(rows * step, height - y)
  let index = edgesUpTo(runs, head)
  let top = 0
  // An odd number of edges before the head: it lies inside a run.
  if (index % 2 === 1) index -= 1
  else top = (runs[index] ?? Infinity) - head
  while (top < length) {
    const bottom = Math.min(length, (runs[index + 1] ?? 0) - head)
    addEdge(growth, top, step, 1)
    addEdge(growth, bottom, step, -1)
    index += 2
    top = (runs[index] ?? Infinity) - head
  }
}

/** From `place` (rows of pixels) on, `sign` more rows of each cell are covered; the cell with the edge in it is so in part. */
function addEdge(growth: Int32Array, place: number, step: number, sign: 1 | -1): void {
  const cell = Math.floor(place / step)
  const before = place - cell * step
  growth[cell] = (growth[cell] ?? 0) + sign * (step - before)
  growth[cell + 1] = (growth[cell + 1] ?? 0) + sign * before
}

function littleEndian(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return red + green * 2 ** 8 + blue * 2 ** 16
}
