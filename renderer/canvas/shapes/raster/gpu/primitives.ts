import { BY_HAND, DOT, SURFACE } from '../packedShapes.ts'
import type { PackedShapes } from '../packedShapes.ts'
import { triangulate } from './triangulate.ts'

/** What stands in a primitive in the place of a third point when it is no triangle: the shader draws it as a line from the first to the second point, or in the shape's place. */
export const LINE = 0xffff_ffff
export const BOX = 0xffff_fffe
export const CIRCLE = 0xffff_fffd

/** The numbers of a primitive: its shape, and three points. */
export const PRIMITIVE_NUMBERS = 4

/** How many primitives shapes can have: a ring of n points has n lines and less than n triangles, and each hole costs two triangles more. */
export function mostPrimitives({ kinds, places, pointsOf }: PackedShapes): number {
  return kinds.length + places.length + 2 * pointsOf.length
}

/**
 * What a graphics processor draws of shapes, bottom of the stack first: for each the box that stands for it while it is small, then the triangles of its
 * surface, then the lines of its outline. `firstShape` and `firstPoint` are added to the numbers of shapes and points.
 */
export function primitivesOf(shapes: PackedShapes, firstShape: number, firstPoint: number): Uint32Array<ArrayBuffer> {
  const list = new PrimitiveList(mostPrimitives(shapes))
  for (let shape = 0; shape < shapes.kinds.length; shape += 1) {
    const kind = shapes.kinds[shape]
    if (kind === BY_HAND || shapes.pathsOf[shape] === shapes.pathsOf[shape + 1]) continue
    if (kind === DOT) {
      list.add(firstShape + shape, 0, 0, CIRCLE)
      continue
    }
    list.add(firstShape + shape, 0, 0, BOX)
    if (kind === SURFACE) {
      const triangles = triangulate(shapes, shape)
      for (let at = 0; at < triangles.length; at += 3) {
        list.add(firstShape + shape, firstPoint + (triangles[at] ?? 0), firstPoint + (triangles[at + 1] ?? 0), firstPoint + (triangles[at + 2] ?? 0))
      }
    }
    addLines(list, shapes, shape, firstShape, firstPoint)
  }
  return list.written()
}

function addLines(list: PrimitiveList, { kinds, pathsOf, pointsOf }: PackedShapes, shape: number, firstShape: number, firstPoint: number): void {
  for (let path = pathsOf[shape] ?? 0; path < (pathsOf[shape + 1] ?? 0); path += 1) {
    const start = pointsOf[path] ?? 0
    const end = pointsOf[path + 1] ?? 0
    for (let point = start + 1; point < end; point += 1) list.add(firstShape + shape, firstPoint + point - 1, firstPoint + point, LINE)
    if (kinds[shape] === SURFACE && end > start) list.add(firstShape + shape, firstPoint + end - 1, firstPoint + start, LINE)
  }
}

class PrimitiveList {
  readonly #numbers: Uint32Array<ArrayBuffer>
  #used = 0

  constructor(most: number) {
    this.#numbers = new Uint32Array(PRIMITIVE_NUMBERS * most)
  }

  add(shape: number, a: number, b: number, c: number): void {
    const numbers = this.#numbers
    numbers[this.#used] = shape
    numbers[this.#used + 1] = a
    numbers[this.#used + 2] = b
    numbers[this.#used + 3] = c
    this.#used += PRIMITIVE_NUMBERS
  }

  written(): Uint32Array<ArrayBuffer> {
    return this.#numbers.slice(0, this.#used)
  }
}
