import { ROW } from './shaders.ts'

type Texel = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** How a texture holds its texels: so many numbers each. */
export interface TexelFormat { readonly internal: 'RG32F' | 'RGBA32F' | 'R32UI'; readonly format: 'RG' | 'RGBA' | 'RED_INTEGER'; readonly type: 'FLOAT' | 'UNSIGNED_INT'; readonly numbers: 1 | 2 | 4 }

export const POINTS: TexelFormat = { internal: 'RG32F', format: 'RG', type: 'FLOAT', numbers: 2 }
export const BOUNDS: TexelFormat = { internal: 'RGBA32F', format: 'RGBA', type: 'FLOAT', numbers: 4 }
export const LOOKS: TexelFormat = { internal: 'R32UI', format: 'RED_INTEGER', type: 'UNSIGNED_INT', numbers: 1 }

/** A list of texels that a shader looks up by number, in rows of `ROW`. */
export class Texels {
  readonly #gl: WebGL2RenderingContext
  readonly #format: TexelFormat
  readonly #texture: WebGLTexture
  #rows = 0

  constructor(gl: WebGL2RenderingContext, format: TexelFormat) {
    this.#gl = gl
    this.#format = format
    this.#texture = gl.createTexture()
    this.bind(0)
    // Numbers are fetched as they are, never blended.
    for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, side, gl.NEAREST)
  }

  bind(unit: number): void {
    this.#gl.activeTexture(this.#gl.TEXTURE0 + unit)
    this.#gl.bindTexture(this.#gl.TEXTURE_2D, this.#texture)
  }

  /** Makes room for `count` texels and forgets what was there; 0 gives the memory back. */
  reserve(count: number): void {
    const { internal, format, type } = this.#format
    this.#rows = Math.ceil(count / ROW)
    this.bind(0)
    this.#gl.texImage2D(this.#gl.TEXTURE_2D, 0, this.#gl[internal], this.#rows === 0 ? 1 : ROW, Math.max(1, this.#rows), 0, this.#gl[format], this.#gl[type], null)
  }

  hasRoom(count: number): boolean {
    return count <= this.#rows * ROW
  }

  /** Writes texels from number `first` on: the rest of a row, whole rows, and the beginning of the last. */
  write(first: number, data: Texel): void {
    const { numbers } = this.#format
    const count = data.length / numbers
    this.bind(0)
    for (let done = 0; done < count;) {
      const column = (first + done) % ROW
      const rows = column > 0 ? 0 : Math.floor((count - done) / ROW)
      const width = rows > 0 ? ROW : Math.min(ROW - column, count - done)
      const next = done + Math.max(1, rows) * width
      this.#put(column, Math.floor((first + done) / ROW), width, Math.max(1, rows), data.subarray(done * numbers, next * numbers))
      done = next
    }
  }

  #put(column: number, row: number, width: number, height: number, data: Texel): void {
    this.#gl.texSubImage2D(this.#gl.TEXTURE_2D, 0, column, row, width, height, this.#gl[this.#format.format], this.#gl[this.#format.type], data)
  }
}
