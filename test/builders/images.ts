import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

/** Random-looking opaque pixels, the same for the same seed, so that files do not compress to nothing. */
export function noise(width: number, height: number, seed = 1) {
  const data = new Uint8Array(width * height * 3)
  let state = seed
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[at] = state >>> 24
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

export async function jpegOf(width: number, height: number, seed = 1): Promise<Uint8Array> {
  return noise(width, height, seed).jpeg().toBuffer()
}

/** Writes bytes as a file and returns its path. */
export async function fileOf(folder: string, name: string, bytes: Uint8Array | string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, bytes)
  return file
}

/** A PNG of a few bytes whose header promises 100,000 x 100,000 pixels. */
export function pngBomb(): Uint8Array {
  const header = Buffer.alloc(25)
  header.writeUInt32BE(13, 0)
  header.write('IHDR', 4, 'latin1')
  header.writeUInt32BE(100_000, 8)
  header.writeUInt32BE(100_000, 12)
  header.set([8, 2, 0, 0, 0], 16)
  header.writeUInt32BE(crc32(header.subarray(4, 21)), 21)
  const noData = Buffer.from('0000000049444154' + '35af061e', 'hex')
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), header, noData])
}

export const SVG_WITH_SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><image href="http://example.com/x.png"/></svg>'

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
