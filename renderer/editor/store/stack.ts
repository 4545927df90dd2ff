import type { DraftDiff, DraftRecord } from '../../../shared/domain/draft.ts'
import { compareInStack } from '../../../shared/domain/draftOperations.ts'
import type { Shape } from '../../../shared/domain/shape.ts'

/** The shapes of a draft, from the bottom of the stack to its top. */
export type Stack = readonly Shape[]

/** The stack after a change: the old one with the changed shapes taken out and put in, without sorting the others. The same one when no shape changed. */
export function stackAfter(stack: Stack, diff: DraftDiff): Stack {
  const leaving = shapesIn([...Object.values(diff.removed), ...Object.values(diff.updated).map(([before]) => before)])
  const coming = shapesIn([...Object.values(diff.added), ...Object.values(diff.updated).map(([, after]) => after)]).sort(compareInStack)
  if (leaving.length === 0 && coming.length === 0) return stack
  const gone = leaving.map((shape) => placeInStack(stack, shape)).sort((a, b) => a - b)
  const places = coming.map((shape) => placeInStack(stack, shape))
  const next: Shape[] = []
  let nextGone = 0
  let nextComing = 0
  for (let at = 0; at <= stack.length; at += 1) {
    for (let shape = coming[nextComing]; shape !== undefined && places[nextComing] === at; shape = coming[nextComing]) {
      next.push(shape)
      nextComing += 1
    }
    const shape = stack[at]
    if (gone[nextGone] === at) nextGone += 1
    else if (shape !== undefined) next.push(shape)
  }
  return next
}

/** Where a shape is in the stack, or would be put: the number of shapes below it. */
export function placeInStack(stack: Stack, shape: Pick<Shape, 'id' | 'order'>): number {
  let low = 0
  let high = stack.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = stack[middle]
    if (other !== undefined && compareInStack(other, shape) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function shapesIn(records: readonly DraftRecord[]): Shape[] {
  return records.flatMap((record) => (record.type === 'shape' ? [record] : []))
}
