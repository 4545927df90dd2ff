import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { writeArriving } from '../../../../electron/engine/tiles/writeArriving.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

async function openFile(content: string): Promise<{ file: FileHandle; path: string }> {
  const path = join(temporaryFolder(), 'part')
  writeFileSync(path, content)
  const file = await open(path, 'r+')
  onTestFinished(() => file.close())
  return { file, path }
}

/** Parts as a network brings them: each with memory of its own, which is not that of `bytes`. */
async function* inParts(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield Uint8Array.from(bytes.subarray(at, at + length))
}

describe('writing what arrives', () => {
  it.each([1_000, 65_536, 300_000, 1_000_000])('puts parts of %i bytes one behind the other, from where the file went on', async (length) => {
    const { file, path } = await openFile('begin')
    const bytes = randomBytes(700_001)
    await writeArriving(file, 5, inParts(bytes, length))
    expect(Buffer.compare(readFileSync(path), Buffer.concat([Buffer.from('begin'), bytes]))).toBe(0)
  })

  it('goes on when the disk takes only some of the bytes at once', async () => {
    const { file, path } = await openFile('')
    const bytes = randomBytes(400_000)
    const write = file.write.bind(file) as (...args: unknown[]) => Promise<{ bytesWritten: number; buffer: Buffer }>
    vi.spyOn(file, 'write').mockImplementation((...[buffer, offset, count, position]: unknown[]) => write(buffer, offset, Math.min(Number(count), 1_000), position) as never)
    await writeArriving(file, 0, inParts(bytes, 65_536))
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0)
  })

  it('keeps what arrived before the connection was lost', async () => {
    const { file, path } = await openFile('')
    async function* cut() {
      yield Buffer.from('what arrived')
      throw new Error('lost')
    }
    await expect(writeArriving(file, 0, cut())).rejects.toThrow('lost')
    expect(readFileSync(path, 'utf8')).toBe('what arrived')
  })

  it('frees the memory of each part at once, but never memory that a part shares', async () => {
    const { file } = await openFile('')
    const own = new Uint8Array(10_000)
    const shared = new Uint8Array(10_000)
    async function* parts() {
      yield own
      yield shared.subarray(0, 9_999)
    }
    await writeArriving(file, 0, parts())
    expect([own.length, shared.length]).toEqual([0, 10_000])
  })
})
