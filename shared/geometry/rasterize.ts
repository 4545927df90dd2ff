import type { Size } from './box.ts'
import type { Point } from './point.ts'
import { eachEdge } from './polygon.ts'
import type { Rle } from './rle.ts'
import { createRuns, rleOfRuns } from './runs.ts'

/**
 * The pixels of an image of `size` whose centres lie inside closed rings (image pixels) by the even-odd rule, so holes stay clear; what sticks out
 * of the image is cut off. The work grows with the width of the rings, not with the image.
 */
export function rasterizeRings(rings: readonly (readonly Point[])[], size: Size): Rle {
  const { width, height } = size
  const runs = createRuns()
  for (const [column, ys] of crossingsByColumn(rings, width)) {
    ys.sort((a, b) => a - b)
    for (let index = 0; index + 1 < ys.length; index += 2) {
      runs.add(column * height + firstCentreFrom(ys[index] ?? 0, height), column * height + firstCentreFrom(ys[index + 1] ?? 0, height))
    }
  }
  return rleOfRuns(runs.done(), [height, width])
}

/** Where the rings cross the middle of each column of pixels, as y in image pixels; columns from left to right, an even number of crossings in each. */
function crossingsByColumn(rings: readonly (readonly Point[])[], width: number): [number, number[]][] {
  const columns = new Map<number, number[]>()
  for (const ring of rings) {
    eachEdge(ring, true, (a, b) => {
      const slope = (b[1] - a[1]) / (b[0] - a[0])
      const beyond = firstCentreFrom(Math.max(a[0], b[0]), width)
      for (let column = firstCentreFrom(Math.min(a[0], b[0]), width); column < beyond; column += 1) {
        const ys = columns.get(column) ?? []
        ys.push(a[1] + (column + 0.5 - a[0]) * slope)
        columns.set(column, ys)
      }
    })
  }
  return [...columns].sort((a, b) => a[0] - b[0])
}

/** The first pixel of a line of `length` pixels whose centre is at `position` or beyond; `length` if there is none. */
export function firstCentreFrom(position: number, length: number): number {
  return Math.min(length, Math.max(0, Math.ceil(position - 0.5)))
}
