import { createHash, type Hash } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { ObjectKeySchema, type ObjectKey } from '../../../shared/domain/asset.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { ReadFrom } from '../sync/ports.ts'
import { writeArriving } from './writeArriving.ts'

/** Bytes that are read at once. */
const READ_BYTES = 256 * 1024
/** Less than this is not worth a state of its own: it is fetched again, in bytes. */
const WORTH_KEEPING_BYTES = 1024 * 1024

/** Where the bytes of a `.part` file came from. */
const PartStateSchema = z.object({ key: ObjectKeySchema, version: z.string().optional() })

/** An object that is to be received, and how its bytes are had from where the last attempt ended. */
export interface Expected {
  sha256: Sha256
  size: number
  key: ObjectKey
  read: (from: ReadFrom) => AsyncIterable<Uint8Array>
}

/**
 * Downloads that are not whole yet: `<sha256>.part` with the bytes and `<sha256>.json` with the version of the object they are of. They outlive a cut,
 * a restart and a kill, and the rest is asked for. What a power cut spoilt shows in the hash of the whole.
 */
export class PartialFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
  }

  /** Forgets the parts of objects that nobody wants any more. */
  keepOnly(isWanted: (sha256: string) => boolean): void {
    for (const name of readdirSync(this.#folder)) if (!isWanted(name.replace(/\.(part|json)$/, ''))) rmSync(join(this.#folder, name), { force: true })
  }

  /**
   * Brings an object to the disk, durably, and answers the path of the file, which the caller moves away.
   * @param onBytes hears how many bytes are there, those of earlier attempts included
   * @throws RemoteError corrupt when the length or the hash is wrong: then nothing is left. What `read` throws: then a large part is left for the next attempt.
   */
  async receive(expected: Expected, onBytes: (received: number) => void): Promise<string> {
    const { sha256, size } = expected
    try {
      const found = await this.#receive(expected, onBytes)
      if (found !== sha256) throw new WrongBytes(`The bytes that arrived are not those of ${sha256}`)
      await rm(this.#statePath(sha256), { force: true })
      return this.#partPath(sha256)
    } catch (error) {
      const held = await this.#heldBytes(sha256)
      if (error instanceof WrongBytes || isOutOfRoom(error) || held < WORTH_KEEPING_BYTES || held > size) await this.#drop(sha256)
      throw error
    }
  }

  async #receive(expected: Expected, onBytes: (received: number) => void): Promise<string> {
    const { sha256, size, key, read } = expected
    const part = this.#partPath(sha256)
    let held = await this.#heldBytes(sha256)
    if (held > size) held = 0
    const before = held > 0 ? await hashOfFile(part) : createHash('sha256')
    if (held === size && held > 0) {
      await syncFile(part)
      return before.digest('hex')
    }
    let begin: { offset: number; version: string | undefined } = { offset: 0, version: undefined }
    const arriving = read({ offset: held, version: held > 0 ? await this.#versionOf(sha256, key) : undefined, onBegin: (told) => { begin = told } })[Symbol.asyncIterator]()
    try {
      const first = await arriving.next()
      const { offset, version } = begin
      if (offset !== 0 && offset !== held) throw new RemoteError({ kind: 'corrupt' }, `The storage went on at byte ${offset}, not ${held}`)
      if (offset === 0 && size > WORTH_KEEPING_BYTES) await writeFile(this.#statePath(sha256), JSON.stringify({ key, version }))
      const hash = offset === 0 ? createHash('sha256') : before
      const file = await open(part, offset === 0 ? 'w' : 'r+')
      await writeArriving(file, offset, checked(first, arriving, { offset, size, hash, onBytes })).finally(() => file.close())
      return hash.digest('hex')
    } finally {
      // Whatever went wrong, no connection stays open.
      await arriving.return?.()
    }
  }

  /** The version that the part is of, where it came from the same key. */
  async #versionOf(sha256: Sha256, key: ObjectKey): Promise<string | undefined> {
    try {
      const state = PartStateSchema.parse(JSON.parse(await readFile(this.#statePath(sha256), 'utf8')))
      return state.key === key ? state.version : undefined
    } catch {
      return undefined
    }
  }

  async #heldBytes(sha256: Sha256): Promise<number> {
    return stat(this.#partPath(sha256)).then(({ size }) => size, () => 0)
  }

  async #drop(sha256: Sha256): Promise<void> {
    await Promise.all([this.#partPath(sha256), this.#statePath(sha256)].map((path) => rm(path, { force: true })))
  }

  #partPath(sha256: Sha256): string {
    return join(this.#folder, `${sha256}.part`)
  }

  #statePath(sha256: Sha256): string {
    return join(this.#folder, `${sha256}.json`)
  }
}

/** What arrived can never become the object. */
class WrongBytes extends RemoteError {
  constructor(message: string) {
    super({ kind: 'corrupt' }, message)
  }
}

interface Arrival { offset: number; size: number; hash: Hash; onBytes: (received: number) => void }

async function* checked(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>, { offset, size, hash, onBytes }: Arrival): AsyncGenerator<Uint8Array> {
  let received = offset
  for (let next = first; !next.done; next = await rest.next()) {
    received += next.value.length
    if (received > size) throw new WrongBytes(`More than the announced ${size} bytes arrived`)
    hash.update(next.value)
    onBytes(received)
    yield next.value
  }
  if (received !== size) throw new WrongBytes(`${received} of ${size} bytes arrived`)
}

async function hashOfFile(path: string): Promise<Hash> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path, { highWaterMark: READ_BYTES })) hash.update(part as Buffer)
  return hash
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function isOutOfRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
