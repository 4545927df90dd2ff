import { boxOfBoxes } from '../../../../shared/geometry/box.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { SceneChange } from './messages.ts'
import { packShapes } from './packedShapes.ts'
import type { PackedShapes } from './packedShapes.ts'

const NO_SHAPES = packShapes(0, () => { throw new RangeError('There is no shape') })

/** Shapes that came together. Each is told by its number in the block; bounds in image pixels. */
export class Block {
  readonly shapes: PackedShapes
  readonly count: number
  readonly #bounds: Float32Array
  /** 1 for shapes that are gone, 2 for those that are not to be seen for now. */
  readonly #absent: Uint8Array

  constructor(shapes: PackedShapes) {
    this.shapes = shapes
    this.count = shapes.kinds.length
    this.#bounds = boundsOf(shapes)
    this.#absent = new Uint8Array(this.count)
    // What has no place, such as a mask that cannot be read, is never shown.
    for (let shape = 0; shape < this.count; shape += 1) if (shapes.pathsOf[shape] === shapes.pathsOf[shape + 1]) this.#absent[shape] = 1
  }

  isShown(shape: number): boolean { return this.#absent[shape] === 0 }
  isGone(shape: number): boolean { return this.#absent[shape] === 1 }
  width(shape: number): number { return (this.#bounds[4 * shape + 2] ?? 0) - (this.#bounds[4 * shape] ?? 0) }
  height(shape: number): number { return (this.#bounds[4 * shape + 3] ?? 0) - (this.#bounds[4 * shape + 1] ?? 0) }
  centerX(shape: number): number { return ((this.#bounds[4 * shape] ?? 0) + (this.#bounds[4 * shape + 2] ?? 0)) / 2 }
  centerY(shape: number): number { return ((this.#bounds[4 * shape + 1] ?? 0) + (this.#bounds[4 * shape + 3] ?? 0)) / 2 }

  boundsOf(shape: number): Box {
    return { x: this.#bounds[4 * shape] ?? 0, y: this.#bounds[4 * shape + 1] ?? 0, width: this.width(shape), height: this.height(shape) }
  }

  /** Takes a shape away for good; answers whether it was shown. */
  remove(shape: number): boolean {
    const shown = this.isShown(shape)
    this.#absent[shape] = 1
    return shown
  }

  /** Shows a shape or not, unless it is gone; answers whether that changed anything. */
  setShown(shape: number, shown: boolean): boolean {
    const before = this.#absent[shape] ?? 1
    if (before === 1 || (before === 0) === shown) return false
    this.#absent[shape] = shown ? 0 : 2
    return true
  }
}

/** All shapes that the rasteriser knows, numbered on through the blocks in which they came, and where they have changed since the last picture. */
export class Scene {
  blocks: Block[] = []
  #dirty: Box[] = []
  #allDirty = true

  follow(change: SceneChange): void {
    switch (change.type) {
      case 'load': return this.load(change.shapes)
      case 'change': return this.change(change.removed, change.added)
      case 'hide': return this.hide(change.numbers)
      default: return assertNever(change)
    }
  }

  /** Forgets everything and begins with these. */
  load(shapes: PackedShapes): void {
    this.blocks = [new Block(shapes)]
    this.#allDirty = true
  }

  /** Takes shapes away by their numbers and puts others on top. */
  change(removed: readonly number[], added: PackedShapes): void {
    for (const number of removed) this.#each(number, (block, shape) => { if (block.remove(shape)) this.#touch(block, shape) })
    const block = new Block(added)
    this.blocks.push(block)
    for (let shape = 0; shape < block.count; shape += 1) this.#touch(block, shape)
  }

  /** Shows all shapes but for those with these numbers, which are in ascending order. */
  hide(numbers: Uint32Array): void {
    let first = 0
    let next = 0
    for (const block of this.blocks) {
      for (let shape = 0; shape < block.count; shape += 1) {
        const hidden = numbers[next] === first + shape
        if (hidden) next += 1
        if (block.setShown(shape, !hidden)) this.#touch(block, shape)
      }
      first += block.count
    }
  }

  /** The changes that lead an empty scene to this one. */
  retell(): SceneChange[] {
    const [first, ...later] = this.blocks
    if (first === undefined) return []
    const gone: number[] = []
    const hidden: number[] = []
    let number = 0
    for (const block of this.blocks) {
      for (let shape = 0; shape < block.count; shape += 1, number += 1) if (!block.isShown(shape)) (block.isGone(shape) ? gone : hidden).push(number)
    }
    return [
      { type: 'load', shapes: first.shapes },
      ...later.map(({ shapes }): SceneChange => ({ type: 'change', removed: [], added: shapes })),
      { type: 'change', removed: gone, added: NO_SHAPES },
      { type: 'hide', numbers: Uint32Array.from(hidden) },
    ]
  }

  /** Where a picture made before differs from one made now, in image pixels: everywhere, somewhere, or nowhere. Asking makes it the new beginning. */
  takeDirty(): Box | 'everywhere' | undefined {
    const dirty = this.#allDirty ? 'everywhere' : boxOfBoxes(this.#dirty)
    this.#dirty = []
    this.#allDirty = false
    return dirty
  }

  #touch(block: Block, shape: number): void {
    if (this.#allDirty) return
    this.#dirty.push(block.boundsOf(shape))
    // A box around many shapes is as good as everywhere.
    if (this.#dirty.length > 1000) this.#allDirty = true
  }

  #each(number: number, act: (block: Block, shape: number) => void): void {
    let first = 0
    for (const block of this.blocks) {
      if (number < first + block.count) return act(block, number - first)
      first += block.count
    }
  }
}

/** Left, top, right and bottom of each shape. Written plainly, because it runs once for a task, before its code is compiled well. */
function boundsOf({ pathsOf, pointsOf, places, kinds }: PackedShapes): Float32Array {
  const bounds = new Float32Array(4 * kinds.length)
  for (let shape = 0; shape < kinds.length; shape += 1) {
    let minX = Infinity
    let minY = Infinity
    let maxX = -Infinity
    let maxY = -Infinity
    const end = pointsOf[pathsOf[shape + 1] ?? 0] ?? 0
    for (let point = pointsOf[pathsOf[shape] ?? 0] ?? 0; point < end; point += 1) {
      const x = places[2 * point] ?? 0
      const y = places[2 * point + 1] ?? 0
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
    }
    bounds[4 * shape] = minX
    bounds[4 * shape + 1] = minY
    bounds[4 * shape + 2] = maxX
    bounds[4 * shape + 3] = maxY
  }
  return bounds
}
