import { blendRow } from './pixels.ts'
import type { Clip, Pixels } from './pixels.ts'

/** Closed rings in pixels: ring r has the points from `starts[r]` to before `starts[r + 1]`, each an x and a y in `places`. */
export interface Rings { readonly places: Float32Array; readonly starts: Uint32Array; count: number }

/** The crossings of each row that is being filled: so many are kept in a row, in order from left to right. */
const MOST_CROSSINGS = 32
const MOST_ROWS = 8192
const crossings = new Float32Array(MOST_CROSSINGS * MOST_ROWS)
const counts = new Int32Array(MOST_ROWS)

/**
 * Fills what rings enclose by the even-odd rule, pixels whose centre lies inside, with an opacity from 1 to 255. `minY` and `maxY` are how far up and down
 * the rings reach. In a row that is crossed more often than is kept, what lies further is left out.
 */
export function fillRings({ data, width, skipped }: Pixels, clip: Clip, rings: Rings, color: number, opacity: number, minY: number, maxY: number): void {
  const first = Math.max(clip.top, Math.ceil(minY - 0.5))
  const last = Math.min(clip.bottom - 1, Math.floor(maxY - 0.5), first + MOST_ROWS - 1)
  if (last < first) return
  for (let row = 0; row <= last - first; row += 1) counts[row] = 0
  crossRows(rings, first, last)
  for (let row = first; row <= last; row += 1) {
    const base = (row - first) * MOST_CROSSINGS
    const count = counts[row - first] ?? 0
    const start = row * width - skipped
    for (let pair = 0; pair + 1 < count; pair += 2) {
      const from = Math.max(clip.left, Math.ceil((crossings[base + pair] ?? 0) - 0.5))
      const to = start + Math.min(clip.right, Math.ceil((crossings[base + pair + 1] ?? 0) - 0.5))
      blendRow(data, start + from, to, color, opacity)
    }
  }
}

function crossRows({ places, starts, count: rings }: Rings, first: number, last: number): void {
  for (let ring = 0; ring < rings; ring += 1) {
    const end = starts[ring + 1] ?? 0
    let ax = places[2 * end - 2] ?? 0
    let ay = places[2 * end - 1] ?? 0
    for (let point = starts[ring] ?? 0; point < end; point += 1) {
      const bx = places[2 * point] ?? 0
      const by = places[2 * point + 1] ?? 0
      const slope = (bx - ax) / (by - ay)
      // A row belongs to an edge from its upper end on and before its lower end, so that a corner counts once.
      const from = Math.max(first, Math.ceil(Math.min(ay, by) - 0.5))
      const to = Math.min(last, Math.ceil(Math.max(ay, by) - 0.5) - 1)
      for (let row = from; row <= to; row += 1) insert(row - first, ax + (row + 0.5 - ay) * slope)
      ax = bx
      ay = by
    }
  }
}

function insert(row: number, x: number): void {
  const count = counts[row] ?? 0
  if (count === MOST_CROSSINGS) return
  const base = row * MOST_CROSSINGS
  let at = base + count
  for (; at > base && (crossings[at - 1] ?? 0) > x; at -= 1) crossings[at] = crossings[at - 1] ?? 0
  crossings[at] = x
  counts[row] = count + 1
}
