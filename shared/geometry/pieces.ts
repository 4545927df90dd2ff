import type { Size } from './box.ts'
import { combineRuns, eachPiece } from './runs.ts'
import type { Runs } from './runs.ts'

/** Pieces of columns, from left to right and from top to bottom: piece i is rows `tops[i]` up to but without `bottoms[i]` of `columns[i]`. */
export interface Pieces { readonly columns: readonly number[]; readonly tops: readonly number[]; readonly bottoms: readonly number[] }

/** The pixels set, column by column. */
export function piecesOf(runs: Runs, height: number): Pieces {
  const columns: number[] = []
  const tops: number[] = []
  const bottoms: number[] = []
  eachPiece(runs, height, (column, top, bottom) => {
    columns.push(column)
    tops.push(top)
    bottoms.push(bottom)
  })
  return { columns, tops, bottoms }
}

/** The pixels of an image of `size` that are not set. */
export function invertRuns(runs: Runs, { width, height }: Size): Runs {
  return combineRuns(Float64Array.of(0, width * height), runs, (inImage, set) => inImage && !set)
}

/** Which pieces hang together through the sides of their pixels (not through corners): two pieces of one region have the same number. */
export function regionsOf({ columns, tops, bottoms }: Pieces): Int32Array {
  const parents = Int32Array.from(columns, (_, index) => index)
  const rootOf = (index: number): number => {
    let at = index
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? at] ?? at
      at = parents[at] ?? at
    }
    return at
  }
  // `left` walks through the column before that of `at`.
  let left = 0
  columns.forEach((column, at) => {
    const isLeftOver = () => (columns[left] ?? column) < column - 1 || ((columns[left] ?? column) === column - 1 && (bottoms[left] ?? 0) <= (tops[at] ?? 0))
    while (left < at && isLeftOver()) left += 1
    for (let near = left; columns[near] === column - 1 && (tops[near] ?? 0) < (bottoms[at] ?? 0); near += 1) parents[rootOf(at)] = rootOf(near)
  })
  return parents.map((_, index) => rootOf(index))
}
