import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Sha256Schema, type Sha256 } from '../../../shared/domain/ids.ts'
import { PartialFiles, type Expected } from './partialFiles.ts'

/** Bytes that are read at once. */
const READ_BYTES = 1024 * 1024

/** Files named by the SHA-256 of their bytes: `<root>/ab/<sha256>`. Names that others gave never reach the disk. */
export class ObjectFiles {
  readonly #root: string
  readonly #scratch: string
  readonly #partial: PartialFiles

  /** Removes what an earlier run left of its scratch; unfinished downloads stay. */
  constructor(root: string) {
    this.#root = root
    this.#partial = new PartialFiles(join(root, 'partial'))
    this.#scratch = join(root, 'unfinished')
    rmSync(this.#scratch, { recursive: true, force: true })
    mkdirSync(this.#scratch, { recursive: true })
  }

  path(sha256: Sha256): string {
    return join(this.#root, sha256.slice(0, 2), sha256)
  }

  /** Brings an object to the disk and gives it its name only if length and hash are right. @throws as PartialFiles.receive. */
  async receive(expected: Expected, onBytes: (received: number) => void): Promise<void> {
    const file = await this.#partial.receive(expected, onBytes)
    await mkdir(join(this.#root, expected.sha256.slice(0, 2)), { recursive: true })
    await rename(file, this.path(expected.sha256))
  }

  /** Forgets what is there of unfinished downloads that nobody wants any more. */
  forgetPartsExcept(isWanted: (sha256: Sha256) => boolean): void {
    this.#partial.keepOnly((name) => {
      const sha256 = Sha256Schema.safeParse(name).data
      return sha256 !== undefined && isWanted(sha256)
    })
  }

  /** The bytes, or undefined when they are missing or no longer hash to their name; such a file is removed. */
  async read(sha256: Sha256): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await readFile(this.path(sha256)).catch(() => undefined)
    if (bytes === undefined) return undefined
    if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes
    this.remove(sha256)
    return undefined
  }

  /** As `read`, without keeping the bytes. @throws AbortError. */
  async isSound(sha256: Sha256, signal: AbortSignal): Promise<boolean> {
    const file = await open(this.path(sha256)).catch(() => undefined)
    if (file === undefined) return false
    const hash = createHash('sha256')
    for await (const part of file.createReadStream({ highWaterMark: READ_BYTES, signal })) hash.update(part as Buffer)
    if (hash.digest('hex') === sha256) return true
    this.remove(sha256)
    return false
  }

  remove(sha256: Sha256): void {
    rmSync(this.path(sha256), { force: true })
  }

  /** Every object there is a file for; sizes in bytes. */
  list(): { sha256: Sha256; size: number }[] {
    const folders = readdirSync(this.#root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.length === 2)
    const names = folders.flatMap((folder) => readdirSync(join(this.#root, folder.name)))
    const hashes = names.flatMap((name) => Sha256Schema.safeParse(name).data ?? [])
    return hashes.map((sha256) => ({ sha256, size: statSync(this.path(sha256)).size }))
  }

  /** Gives a folder for the time of `work`. */
  async withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(this.#scratch, 'cut-'))
    try {
      return await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
