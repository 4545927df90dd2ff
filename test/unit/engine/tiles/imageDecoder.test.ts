import { pathToFileURL } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startProcess } from '../../../../electron/engine/threads/startProcess.ts'
import { ImageDecoder, type DecoderOptions } from '../../../../electron/engine/tiles/imageDecoder.ts'
import type { CutTile } from '../../../../electron/engine/tiles/imageMessages.ts'
import { tileCount } from '../../../../electron/engine/tiles/pyramid.ts'
import { fileOf, jpegOf, noise, pngBomb, SVG_WITH_SCRIPT } from '../../../builders/images.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const signal = new AbortController().signal

function decoder(options?: DecoderOptions): ImageDecoder {
  const made = new ImageDecoder(options)
  onTestFinished(() => made.close())
  return made
}

const problem = (code: string): unknown => expect.objectContaining({ name: 'AssetProblem', problem: expect.objectContaining({ code }) as unknown })

describe('the header of an image', () => {
  it.each([
    ['jpeg', 'image/jpeg'], ['png', 'image/png'], ['webp', 'image/webp'], ['gif', 'image/gif'], ['tiff', 'image/tiff'], ['avif', 'image/avif'],
  ] as const)('is read of %s', async (format, mediaType) => {
    const file = await fileOf(temporaryFolder(), 'image', await noise(60, 40).toFormat(format).toBuffer())
    expect(await decoder().header(file, signal)).toEqual({ mediaType, width: 60, height: 40, turned: false, deep: false })
  })

  it('gives the size as shown, after the EXIF orientation', async () => {
    const file = await fileOf(temporaryFolder(), 'turned.jpg', await noise(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer())
    expect(await decoder().header(file, signal)).toMatchObject({ width: 40, height: 60, turned: true })
  })

  it.each([
    ['a TIFF in pixels per centimetre', (image: Sharp) => image.tiff({ xres: 400, yres: 400, resolutionUnit: 'cm' }), 2.5],
    ['a PNG', (image: Sharp) => image.withMetadata({ density: 254 }).png(), 100],
    ['a scanned JPEG', (image: Sharp) => image.withMetadata({ density: 254 }).jpeg(), 100],
  ])('gives the micrometres of a pixel from the resolution of %s', async (_, write, size) => {
    const file = await fileOf(temporaryFolder(), 'image', await write(noise(60, 40)).toBuffer())
    expect((await decoder().header(file, signal)).pixelSize).toEqual({ x: size, y: size })
  })

  it.each([
    ['a file without a resolution', (image: Sharp) => image.tiff()],
    ['a resolution that stands for nothing', (image: Sharp) => image.withMetadata({ density: 72 }).jpeg()],
    ['a photograph, for which it says how large to print', (image: Sharp) => image.withMetadata({ density: 300 }).withExifMerge({ IFD2: { FNumber: '28/10' } }).jpeg()],
  ])('gives no physical size for %s', async (_, write) => {
    const file = await fileOf(temporaryFolder(), 'image', await write(noise(60, 40)).toBuffer())
    expect((await decoder().header(file, signal)).pixelSize).toBeUndefined()
  })

  it('refuses a decompression bomb without decoding it', async () => {
    const file = await fileOf(temporaryFolder(), 'bomb.png', pngBomb())
    await expect(decoder().header(file, signal)).rejects.toEqual(problem('imageTooLarge'))
  })

  it.each([['SVG', SVG_WITH_SCRIPT], ['noise', 'p8fj3vn'], ['nothing', '']])('refuses %s', async (_, bytes) => {
    const file = await fileOf(temporaryFolder(), 'image.jpg', bytes)
    await expect(decoder().header(file, signal)).rejects.toEqual(problem('imageUnsupported'))
  })
})

describe('a thumbnail', () => {
  it('is at most 256 px and turned as the image is shown', async () => {
    const file = await fileOf(temporaryFolder(), 'turned.jpg', await noise(600, 400).jpeg().withMetadata({ orientation: 6 }).toBuffer())
    const { bytes, mediaType } = await decoder().thumbnail(file, signal)
    expect(mediaType).toBe('image/webp')
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 171, height: 256, format: 'webp' })
  })

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('brings a truncated %s to light, and the next image is fine', async (format) => {
    const folder = temporaryFolder()
    const bytes = await noise(300, 200).toFormat(format).toBuffer()
    const file = await fileOf(folder, 'truncated', bytes.subarray(0, bytes.length * 0.6))
    const made = decoder()
    await expect(made.thumbnail(file, signal)).rejects.toEqual(problem('imageCorrupt'))
    await made.thumbnail(await fileOf(folder, 'whole', bytes), signal)
  })
})

describe('a pyramid', () => {
  it('holds every tile of every level, with the pixels of the image', async () => {
    const folder = temporaryFolder()
    const plain = sharp({ create: { width: 1301, height: 700, channels: 3, background: '#204060' } })
    const image = plain.composite([{ input: { create: { width: 100, height: 50, channels: 3, background: '#e0c020' } }, left: 1201, top: 650 }])
    const tiles: CutTile[] = []
    const pyramid = await decoder().cut(await fileOf(folder, 'image.png', await image.png().toBuffer()), folder, signal, (tile) => tiles.push(tile))
    expect(pyramid).toEqual({ width: 1301, height: 700, tileSize: 512, overlap: 0, maxLevel: 11 })
    expect(tiles).toHaveLength(tileCount(pyramid))
    const corner = tiles.find((tile) => tile.level === 11 && tile.column === 2 && tile.row === 1)
    const { data, info } = await sharp(corner?.bytes).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 277, height: 188 })
    expect([...data.subarray(0, 3)].map(near16)).toEqual([0x20, 0x40, 0x60])
    expect([...data.subarray(-3)].map(near16)).toEqual([0xe0, 0xc0, 0x20])
    expect(await sharp(tiles.find((tile) => tile.level === 0)?.bytes).metadata()).toMatchObject({ width: 1, height: 1 })
  })

  it('keeps transparency', async () => {
    const folder = temporaryFolder()
    const file = await fileOf(folder, 'glass.png', await sharp({ create: { width: 20, height: 20, channels: 4, background: '#ff000080' } }).png().toBuffer())
    const tiles: CutTile[] = []
    await decoder().cut(file, folder, signal, (tile) => tiles.push(tile))
    expect(tiles[0]?.mediaType).toBe('image/webp')
    expect((await sharp(tiles[0]?.bytes).raw().toBuffer())[3]).toBe(128)
  })

  it('shows images of 16 bits and of grey', async () => {
    const folder = temporaryFolder()
    const file = await fileOf(folder, 'grey.tif', await noise(64, 64).toColourspace('grey16').tiff().toBuffer())
    const tiles: CutTile[] = []
    await decoder().cut(file, folder, signal, (tile) => tiles.push(tile))
    expect(await sharp(tiles[0]?.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 64 })
  })

  it('stops when it is cancelled, and the next image is fine', async () => {
    const folder = temporaryFolder()
    const file = await fileOf(folder, 'image.jpg', await jpegOf(2000, 2000))
    const cancel = new AbortController()
    const made = decoder()
    const cutting = made.cut(file, folder, cancel.signal, () => cancel.abort(new Error('no longer wanted')))
    await expect(cutting).rejects.toThrow('no longer wanted')
    await made.header(file, signal)
  })
})

describe('the process of a decoder', () => {
  it.each([
    ['hangs', 'for (;;);', 'did not answer', { silenceMs: 300 }],
    ['crashes', 'throw new Error("trap")', 'crashed', {}],
    ['exits', 'process.exit(1)', 'crashed', {}],
    ['aborts', 'process.abort()', 'crashed', {}],
  ])('is replaced when it %s, which is reported on the image', async (_, code, detail, options) => {
    const script = pathToFileURL(await fileOf(temporaryFolder(), 'broken.mjs', `process.on('message', () => { ${code} })`))
    const made = decoder({ start: () => startProcess(script), ...options })
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(made.header('any', signal)).rejects.toMatchObject({ name: 'AssetProblem', message: expect.stringContaining(detail) as string })
    }
  })

  it('may be ended from outside, which is no fault of the image: a fresh one looks into it', async () => {
    const script = new URL('../../../../electron/engine/tiles/imageWorker.ts', import.meta.url)
    let starts = 0
    const made = decoder({ start: () => {
      const child = startProcess(script)
      starts += 1
      if (starts === 1) process.kill(child.pid ?? 0, 'SIGKILL')
      return child
    } })
    const file = await fileOf(temporaryFolder(), 'image.jpg', await jpegOf(60, 40))
    expect(await made.header(file, signal)).toMatchObject({ width: 60, height: 40 })
    expect(starts).toBe(2)
  })

  it('leaves signals that all processes get to the engine, so that no image counts as broken', async () => {
    const started: number[] = []
    const made = decoder({ start: () => {
      const child = startProcess(new URL('../../../../electron/engine/tiles/imageWorker.ts', import.meta.url))
      started.push(child.pid ?? 0)
      return child
    } })
    const file = await fileOf(temporaryFolder(), 'image.jpg', await jpegOf(60, 40))
    await made.header(file, signal)
    for (const pid of started) for (const name of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, name)
    await made.thumbnail(file, signal)
    expect(started).toHaveLength(1)
  })
})

/** JPEG changes flat colours a little. */
function near16(value: number): number {
  return Math.round(value / 16) * 16
}
