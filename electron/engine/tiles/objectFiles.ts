import { createHash, randomUUID, type Hash } from 'node:crypto'
import { createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { Sha256Schema, type Sha256 } from '../../../shared/domain/ids.ts'

/** Bytes that may wait to be written before no more are taken, and that are read at once. */
const WRITE_BYTES = 1024 * 1024

/** Files named by the SHA-256 of their bytes: `<root>/ab/<sha256>`. Names that others gave never reach the disk. */
export class ObjectFiles {
  readonly #root: string
  readonly #scratch: string

  /** Removes what an earlier run left unfinished. */
  constructor(root: string) {
    this.#root = root
    this.#scratch = join(root, 'unfinished')
    rmSync(this.#scratch, { recursive: true, force: true })
    mkdirSync(this.#scratch, { recursive: true })
  }

  path(sha256: Sha256): string {
    return join(this.#root, sha256.slice(0, 2), sha256)
  }

  /**
   * Writes what arrives to the disk and gives it its name only if length and hash are right.
   * @throws RemoteError corrupt otherwise, or what `parts` throws; nothing is left behind.
   */
  async receive(parts: AsyncIterable<Uint8Array>, sha256: Sha256, size: number, onBytes: (received: number) => void): Promise<void> {
    const unfinished = join(this.#scratch, randomUUID())
    try {
      const found = await writeHashed(unfinished, parts, size, onBytes)
      if (found !== sha256) throw new RemoteError({ kind: 'corrupt' }, `The bytes that arrived are not those of ${sha256}`)
      await mkdir(join(this.#root, sha256.slice(0, 2)), { recursive: true })
      await rename(unfinished, this.path(sha256))
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  /** The bytes, or undefined when they are missing or no longer hash to their name; such a file is removed. */
  async read(sha256: Sha256): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await readFile(this.path(sha256)).catch(() => undefined)
    if (bytes === undefined) return undefined
    if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes
    this.remove(sha256)
    return undefined
  }

  /** As `read`, without keeping the bytes. */
  async isSound(sha256: Sha256): Promise<boolean> {
    const file = await open(this.path(sha256)).catch(() => undefined)
    if (file === undefined) return false
    const hash = createHash('sha256')
    for await (const part of file.createReadStream({ highWaterMark: WRITE_BYTES })) hash.update(part as Buffer)
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

/** Writes durably, what has arrived while more arrives, and returns the SHA-256 in hexadecimal. */
async function writeHashed(path: string, parts: AsyncIterable<Uint8Array>, size: number, onBytes: (received: number) => void): Promise<string> {
  const hash = createHash('sha256')
  const file = createWriteStream(path, { flags: 'wx', highWaterMark: WRITE_BYTES, flush: true })
  // A failure is told before the file is closed, and an open file cannot be removed everywhere.
  const closed = new Promise<void>((resolve) => { file.once('close', () => resolve()) })
  await pipeline(checked(parts, hash, size, onBytes), file).finally(() => closed)
  return hash.digest('hex')
}

async function* checked(parts: AsyncIterable<Uint8Array>, hash: Hash, size: number, onBytes: (received: number) => void): AsyncGenerator<Uint8Array> {
  let received = 0
  for await (const part of parts) {
    received += part.length
    if (received > size) throw new RemoteError({ kind: 'corrupt' }, `More than the announced ${size} bytes arrived`)
    hash.update(part)
    onBytes(received)
    yield part
  }
  if (received !== size) throw new RemoteError({ kind: 'corrupt' }, `${received} of ${size} bytes arrived`)
}
