import type { Size } from './box.ts'
import { sweep } from './brush.ts'
import type { BrushTip, Dab } from './brush.ts'
import { firstCentreFrom } from './rasterize.ts'
import type { Rle } from './rle.ts'
import { createRuns, rleOfRuns } from './runs.ts'

/** Calls with a column of pixels and the rows that are covered of it, from `top` up to but without `bottom`. */
type VisitPiece = (column: number, top: number, bottom: number) => void

/**
 * A stroke of a brush over an image. It grows in place, because a stroke has thousands of dabs and each may cost no more than what it covers.
 */
export interface Stroke {
  readonly tip: BrushTip
  readonly dabs: readonly Dab[]
  add(dab: Dab): void
  /** The pixels covered so far. */
  mask(): Rle
}

/**
 * Begins a stroke on an image of `size` pixels. It covers the pixels whose centres the brush passes over, and always those under its dabs, so that the
 * smallest brush paints one pixel wherever it touches.
 */
export function createStroke(tip: BrushTip, size: Size): Stroke {
  const dabs: Dab[] = []
  const columns = new Map<number, number[]>()
  return {
    tip,
    dabs,
    add(dab) {
      eachPieceOfSweep(tip, dabs.at(-1) ?? dab, dab, size, (column, top, bottom) => { columns.set(column, withSpan(columns.get(column), top, bottom)) })
      dabs.push(dab)
    },
    mask() {
      const runs = createRuns()
      for (const [column, spans] of [...columns].sort((a, b) => a[0] - b[0])) {
        for (let index = 0; index < spans.length; index += 2) {
          runs.add(column * size.height + (spans[index] ?? 0), column * size.height + (spans[index + 1] ?? 0))
        }
      }
      return rleOfRuns(runs.done(), [size.height, size.width])
    },
  }
}

/** The pixels of an image of `size` that a brush covers on its way from one dab straight to another, column by column. */
export function eachPieceOfSweep(tip: BrushTip, from: Dab, to: Dab, size: Size, visit: VisitPiece): void {
  const { left, right, top, bottom } = sweep(tip, from, to)
  const beyond = firstCentreFrom(right, size.width)
  for (let column = firstCentreFrom(left, size.width); column < beyond; column += 1) {
    const first = firstCentreFrom(top(column + 0.5), size.height)
    const last = firstCentreFrom(bottom(column + 0.5), size.height)
    if (first < last) visit(column, first, last)
  }
  for (const { point: [x, y] } of [from, to]) {
    const column = Math.floor(x)
    const row = Math.floor(y)
    if (column >= 0 && row >= 0 && column < size.width && row < size.height) visit(column, row, row + 1)
  }
}

/** Spans of one column as flat pairs in rising order, with another one added; spans that touch become one. */
function withSpan(spans: number[] | undefined, top: number, bottom: number): number[] {
  if (spans === undefined) return [top, bottom]
  // Most of what a brush covers was covered a moment ago.
  if (spans.length === 2 && (spans[0] ?? 0) <= top && (spans[1] ?? 0) >= bottom) return spans
  let first = 0
  while (first < spans.length && (spans[first + 1] ?? 0) < top) first += 2
  let beyond = first
  let from = top
  let to = bottom
  while (beyond < spans.length && (spans[beyond] ?? 0) <= to) {
    from = Math.min(from, spans[beyond] ?? from)
    to = Math.max(to, spans[beyond + 1] ?? to)
    beyond += 2
  }
  spans.splice(first, beyond - first, from, to)
  return spans
}
