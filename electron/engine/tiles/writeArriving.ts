import type { FileHandle } from 'node:fs/promises'

/** So many bytes are gathered before they are written: each write wakes another thread, and parts come in pieces of a few kibibytes. */
const BLOCK_BYTES = 256 * 1024

/** Writes what arrives to a file from `position` on, and has it on the disk in the end. What arrived before a failure is in the file. */
export async function writeArriving(file: FileHandle, position: number, arriving: AsyncIterable<Uint8Array>): Promise<void> {
  const block = new Block(file, position)
  try {
    for await (const part of arriving) {
      await block.add(part)
      letGo(part)
    }
  } finally {
    await block.write().finally(() => { block.end() })
  }
  await file.sync()
}

class Block {
  readonly #file: FileHandle
  readonly #bytes = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  #filled = 0
  #position: number

  constructor(file: FileHandle, position: number) {
    this.#file = file
    this.#position = position
  }

  async add(part: Uint8Array): Promise<void> {
    for (let taken = 0; taken < part.length;) {
      const piece = part.subarray(taken, taken + BLOCK_BYTES - this.#filled)
      this.#bytes.set(piece, this.#filled)
      this.#filled += piece.length
      taken += piece.length
      if (this.#filled === BLOCK_BYTES) await this.write()
    }
  }

  async write(): Promise<void> {
    for (let written = 0; written < this.#filled;) {
      const { bytesWritten } = await this.#file.write(this.#bytes, written, this.#filled - written, this.#position)
      written += bytesWritten
      this.#position += bytesWritten
    }
    this.#filled = 0
  }

  end(): void {
    letGo(this.#bytes)
  }
}

/**
 * Frees bytes that have their memory for themselves, as those from the network do. A thousand such parts in a second keep the garbage collector busier with
 * looking for them than the engine is with everything else.
 */
function letGo(part: Uint8Array): void {
  if (part.buffer instanceof ArrayBuffer && part.length === part.buffer.byteLength) part.buffer.transfer(0)
}
