import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Embedding } from './segment.ts'

/** Files that are kept, the last used ones: about 4 MB each. */
const MOST_FILES = 64

/** What encoders made of images, on the disk: a line of JSON with the dimensions and a hash, then the numbers. Without room nothing is kept. */
export class EmbeddingFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async read(key: string): Promise<Embedding | undefined> {
    const bytes = await readFile(this.#path(key)).catch(() => undefined)
    const end = bytes?.indexOf(0x0a) ?? -1
    if (bytes === undefined || end < 0) return undefined
    const { dims, hash } = JSON.parse(bytes.toString('utf8', 0, end)) as { dims: number[]; hash: string }
    const numbers = Uint8Array.from(bytes.subarray(end + 1))
    if (hashOf(numbers) !== hash) return undefined
    await utimes(this.#path(key), new Date(), new Date())
    return { data: new Float32Array(numbers.buffer), dims }
  }

  async write(key: string, { data, dims }: Embedding): Promise<void> {
    const numbers = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const head = Buffer.from(`${JSON.stringify({ dims, hash: hashOf(numbers) })}\n`)
    try {
      await mkdir(this.#folder, { recursive: true })
      await writeFile(`${this.#path(key)}.part`, Buffer.concat([head, numbers]))
      await rename(`${this.#path(key)}.part`, this.#path(key))
      await this.#dropOldest()
    } catch {
      await rm(`${this.#path(key)}.part`, { force: true })
    }
  }

  async #dropOldest(): Promise<void> {
    const files = await Promise.all((await readdir(this.#folder)).map(async (name) => ({ name, used: (await stat(join(this.#folder, name))).mtimeMs })))
    const tooMany = files.sort((a, b) => b.used - a.used).slice(MOST_FILES)
    await Promise.all(tooMany.map(({ name }) => rm(join(this.#folder, name), { force: true })))
  }

  #path(key: string): string {
    return join(this.#folder, key)
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
