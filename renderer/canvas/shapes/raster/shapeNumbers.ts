import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { placeInStack } from '../../../editor/store/stack.ts'
import type { Stack } from '../../../editor/store/stack.ts'

/** By which numbers the rasteriser knows shapes: first those of a whole stack, then each that came later. */
export interface ShapeNumbers {
  readonly count: number
  idAt(number: number): ShapeId | undefined
  /** The number of a shape, by the record that it had when it was numbered. */
  numberOf(shape: Shape): number | undefined
  /** How many came after the stack. */
  readonly later: number
  /** Gives the next number to a shape; the one that it had before means nothing any more. */
  add(id: ShapeId): void
}

/** The stack is kept as it is, because it is there anyway: looking a shape up in it costs no memory. */
export function numberShapes(stack: Stack): ShapeNumbers {
  const ids: ShapeId[] = []
  const numbers = new Map<ShapeId, number>()
  return {
    get count() { return stack.length + ids.length },
    get later() { return ids.length },
    idAt: (number) => (number < stack.length ? stack[number]?.id : ids[number - stack.length]),
    numberOf(shape) {
      const later = numbers.get(shape.id)
      if (later !== undefined) return later
      const place = placeInStack(stack, shape)
      return stack[place]?.id === shape.id ? place : undefined
    },
    add(id) {
      numbers.set(id, stack.length + ids.length)
      ids.push(id)
    },
  }
}
