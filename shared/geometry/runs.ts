import type { Rle } from './rle.ts'
import { decodeCounts, encodeCounts } from './rleCounts.ts'

/**
 * The pixels set of a mask, as the places in column-major order where runs begin and end in turn, strictly rising: set from `runs[0]` up to but
 * without `runs[1]`, and so on. What is done to masks is done to these, so that the work grows with their outlines and not with the image.
 */
export type Runs = Float64Array

const known = new WeakMap<Rle, Runs>()

/** The runs of a compressed mask; each mask is decoded once. @throws RangeError as `decodeCounts`. */
export function runsOf(rle: Rle): Runs {
  const before = known.get(rle)
  if (before !== undefined) return before
  const builder = createRuns()
  let at = 0
  decodeCounts(rle).forEach((count, index) => {
    if (index % 2 === 1) builder.add(at, at + count)
    at += count
  })
  const runs = builder.done()
  known.set(rle, runs)
  return runs
}

/** The compressed mask of runs. `size` is [height, width] in pixels. */
export function rleOfRuns(runs: Runs, size: Rle['size']): Rle {
  const counts: number[] = []
  let at = 0
  for (const edge of runs) {
    counts.push(edge - at)
    at = edge
  }
  const end = size[0] * size[1]
  if (at < end) counts.push(end - at)
  const rle = encodeCounts(counts, size)
  known.set(rle, runs)
  return rle
}

/** Gathers runs in rising order; runs that touch become one, also from the foot of a column to the head of the next. */
export interface RunsBuilder {
  add(start: number, end: number): void
  done(): Runs
}

export function createRuns(): RunsBuilder {
  const edges: number[] = []
  return {
    add(start, end) {
      if (start >= end) return
      if (edges.at(-1) === start) edges[edges.length - 1] = end
      else edges.push(start, end)
    },
    done: () => Float64Array.from(edges),
  }
}

/** The pixels for which `keep` says so, by whether `a` and `b` have them; a pixel that neither has is never kept. */
export function combineRuns(a: Runs, b: Runs, keep: (inA: boolean, inB: boolean) => boolean): Runs {
  const edges = new Float64Array(a.length + b.length)
  let count = 0
  let atA = 0
  let atB = 0
  let kept = false
  while (atA < a.length || atB < b.length) {
    const place = Math.min(a[atA] ?? Infinity, b[atB] ?? Infinity)
    if (a[atA] === place) atA += 1
    if (b[atB] === place) atB += 1
    const inA = atA % 2 === 1
    const inB = atB % 2 === 1
    const wanted = (inA || inB) && keep(inA, inB)
    if (wanted === kept) continue
    edges[count] = place
    count += 1
    kept = wanted
  }
  return edges.slice(0, count)
}

/** The pixels that more than half of several sets of runs have. */
export function majorityOfRuns(all: readonly Runs[]): Runs {
  const starts = Float64Array.from(all.flatMap((runs) => [...runs.filter((_, index) => index % 2 === 0)])).sort()
  const ends = Float64Array.from(all.flatMap((runs) => [...runs.filter((_, index) => index % 2 === 1)])).sort()
  const builder = createRuns()
  const majority = Math.floor(all.length / 2) + 1
  let begun = 0
  let from = 0
  ends.forEach((end, ended) => {
    // Of the runs that begin before this end, those beyond the ones that ended are open.
    for (; (starts[begun] ?? Infinity) < end; begun += 1) if (begun + 1 - ended === majority) from = starts[begun] ?? 0
    if (begun - ended === majority) builder.add(from, end)
  })
  return builder.done()
}

/** How many of `runs` are at `place` or before it: odd when the pixel at `place` is set. */
export function edgesUpTo(runs: Runs, place: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((runs[middle] ?? Infinity) <= place) low = middle + 1
    else high = middle
  }
  return low
}

/** Calls `visit` for the part of every run in every column, from the top of the first column to the foot of the last; rows from `top` up to but without `bottom`. */
export function eachPiece(runs: Runs, height: number, visit: (column: number, top: number, bottom: number) => void): void {
  for (let index = 0; index < runs.length; index += 2) {
    const end = runs[index + 1] ?? 0
    let at = runs[index] ?? 0
    while (at < end) {
      const column = Math.floor(at / height)
      const head = column * height
      const next = Math.min(end, head + height)
      visit(column, at - head, next - head)
      at = next
    }
  }
}
