import type { Box } from './box.ts'
import type { Point } from './point.ts'

export const ALIGNMENTS = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
/** The line on which boxes are put: a side, or the middle across (`centre`) or down (`middle`). */
export type Alignment = (typeof ALIGNMENTS)[number]

/** How far `box` must move, in image pixels, to lie on the same line as `frame`. */
export function alignmentDelta(box: Box, frame: Box, alignment: Alignment): Point {
  const room = [frame.width - box.width, frame.height - box.height] as const
  switch (alignment) {
    case 'left': return [frame.x - box.x, 0]
    case 'centre': return [frame.x - box.x + room[0] / 2, 0]
    case 'right': return [frame.x - box.x + room[0], 0]
    case 'top': return [0, frame.y - box.y]
    case 'middle': return [0, frame.y - box.y + room[1] / 2]
    case 'bottom': return [0, frame.y - box.y + room[1]]
    default: return unknownAlignment(alignment)
  }
}

/** How far each box must move, in image pixels, to leave gaps of one width between neighbours; the outermost two stay where they are. */
export function distributionDeltas(boxes: readonly Box[], axis: 'across' | 'down'): Point[] {
  const spans = boxes.map(({ x, y, width, height }, index) => (axis === 'across' ? { index, start: x, length: width } : { index, start: y, length: height }))
    .sort((a, b) => a.start + a.length / 2 - b.start - b.length / 2)
  const first = spans[0]
  const last = spans.at(-1)
  const deltas = boxes.map((): Point => [0, 0])
  if (first === undefined || last === undefined || spans.length < 3) return deltas
  const taken = spans.reduce((sum, { length }) => sum + length, 0)
  const gap = (last.start + last.length - first.start - taken) / (spans.length - 1)
  let at = first.start
  for (const { index, start, length } of spans) {
    deltas[index] = axis === 'across' ? [at - start, 0] : [0, at - start]
    at += length + gap
  }
  return deltas
}

function unknownAlignment(value: never): never {
  throw new TypeError(`Unknown alignment: ${String(value)}`)
}
