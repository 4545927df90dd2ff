import type { Block, Scene } from '../scene.ts'
import { mostPrimitives, PRIMITIVE_NUMBERS, primitivesOf } from './primitives.ts'
import { BOUNDS, LOOKS, POINTS, Texels } from './texels.ts'

const PRIMITIVE_BYTES = 4 * PRIMITIVE_NUMBERS
/** How much more room is made than is needed at once, for the shapes that come. */
const SLACK = 1.25

/** In the looks of a shape that is to be seen. */
const SHOWN = 0xff << 24

/** `primitives` is the most that there can be. */
interface SceneSize { readonly shapes: number; readonly points: number; readonly primitives: number }

/** How much of everything there is in blocks of a scene. */
export function sizeOf(blocks: readonly Pick<Block, 'shapes'>[]): SceneSize {
  const size = { shapes: 0, points: 0, primitives: 0 }
  for (const { shapes } of blocks) {
    size.shapes += shapes.kinds.length
    size.points += shapes.places.length / 2
    size.primitives += mostPrimitives(shapes)
  }
  return size
}

/** A scene in the memory of the graphics processor, which is told only what is new. */
export class GpuScene {
  readonly #gl: WebGL2RenderingContext
  readonly #points: Texels
  readonly #bounds: Texels
  readonly #looks: Texels
  readonly #primitives: WebGLBuffer
  #room = 0
  /** What is there already, in this order. */
  #blocks: readonly Block[] = []
  #used: SceneSize = { shapes: 0, points: 0, primitives: 0 }

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
    this.#points = new Texels(gl, POINTS)
    this.#bounds = new Texels(gl, BOUNDS)
    this.#looks = new Texels(gl, LOOKS)
    this.#primitives = gl.createBuffer()
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#primitives)
    gl.enableVertexAttribArray(0)
    gl.vertexAttribIPointer(0, PRIMITIVE_NUMBERS, gl.UNSIGNED_INT, PRIMITIVE_BYTES, 0)
    gl.vertexAttribDivisor(0, 1)
  }

  /** How many primitives there are to draw. */
  get count(): number { return this.#used.primitives }

  bind(): void {
    for (const [unit, texels] of [this.#points, this.#bounds, this.#looks].entries()) texels.bind(unit)
  }

  /** Brings the processor up to a scene that has changed since the last time. */
  follow({ blocks }: Scene): void {
    const fresh = this.#blocks.every((block, index) => blocks[index] === block) ? blocks.slice(this.#blocks.length) : undefined
    if (fresh === undefined || !this.#hasRoomFor(fresh)) {
      this.#restart()
      this.#reserve(sizeOf(blocks))
    }
    for (const block of blocks.slice(this.#blocks.length)) this.#append(block)
    this.#blocks = [...blocks]
    this.#writeLooks()
  }

  /** Gives all memory back. */
  clear(): void {
    this.#restart()
    this.#reserve({ shapes: 0, points: 0, primitives: 0 })
  }

  #restart(): void {
    this.#blocks = []
    this.#used = { shapes: 0, points: 0, primitives: 0 }
  }

  #reserve({ shapes, points, primitives }: SceneSize): void {
    const { ARRAY_BUFFER, STATIC_DRAW } = this.#gl
    this.#room = Math.ceil(SLACK * primitives)
    this.#points.reserve(Math.ceil(SLACK * points))
    this.#bounds.reserve(Math.ceil(SLACK * shapes))
    this.#looks.reserve(Math.ceil(SLACK * shapes))
    this.#gl.bufferData(ARRAY_BUFFER, PRIMITIVE_BYTES * this.#room, STATIC_DRAW)
  }

  #hasRoomFor(blocks: readonly Block[]): boolean {
    const more = sizeOf(blocks)
    return this.#used.primitives + more.primitives <= this.#room && this.#points.hasRoom(this.#used.points + more.points) && this.#bounds.hasRoom(this.#used.shapes + more.shapes)
  }

  #append(block: Block): void {
    const { shapes, points, primitives } = this.#used
    const added = primitivesOf(block.shapes, shapes, points)
    this.#gl.bufferSubData(this.#gl.ARRAY_BUFFER, PRIMITIVE_BYTES * primitives, added)
    this.#points.write(points, block.shapes.places)
    this.#bounds.write(shapes, boundsOf(block))
    this.#used = { shapes: shapes + block.count, points: points + block.shapes.places.length / 2, primitives: primitives + added.length / PRIMITIVE_NUMBERS }
  }

  /** What is shown changes for any of them; a number for each is soon written. */
  #writeLooks(): void {
    const looks = new Uint32Array(this.#used.shapes)
    let number = 0
    for (const block of this.#blocks) {
      for (let shape = 0; shape < block.count; shape += 1, number += 1) looks[number] = block.isShown(shape) ? SHOWN | (block.shapes.colors[shape] ?? 0) : 0
    }
    this.#looks.write(0, looks)
  }
}

/** Middle x and y, width and height of each shape, in image pixels. */
function boundsOf(block: Block): Float32Array<ArrayBuffer> {
  const bounds = new Float32Array(4 * block.count)
  for (let shape = 0; shape < block.count; shape += 1) {
    bounds[4 * shape] = block.centerX(shape)
    bounds[4 * shape + 1] = block.centerY(shape)
    bounds[4 * shape + 2] = block.width(shape)
    bounds[4 * shape + 3] = block.height(shape)
  }
  return bounds
}
