import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ImageDecoder } from '../../../../electron/engine/tiles/imageDecoder.ts'
import type { CutTile, ImageHeader } from '../../../../electron/engine/tiles/imageMessages.ts'
import { needsPyramid } from '../../../../electron/engine/tiles/imageIntake.ts'
import { fileOf, noise } from '../../../builders/images.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { tiffOf } from '../../../builders/tiff.ts'

const signal = new AbortController().signal
const [WIDTH, HEIGHT] = [64, 48]
const PIXELS = WIDTH * HEIGHT
/** A ramp from the first pixel to the last; `at` is 0 to 1. */
const ramp = (value: (at: number) => number, samples = 1) => Array.from({ length: PIXELS * samples }, (_, index) => value(Math.floor(index / samples) / (PIXELS - 1)))

/** The header of an image, and the colours of the first, a middle and the last pixel as the window gets them. */
async function shown(bytes: Uint8Array) {
  const folder = temporaryFolder()
  const decoder = new ImageDecoder()
  onTestFinished(() => decoder.close())
  const file = await fileOf(folder, 'image', bytes)
  const header = await decoder.header(file, signal)
  const tiles: CutTile[] = []
  await decoder.cut(file, folder, signal, (tile) => tiles.push(tile))
  const { data, info } = await sharp(tiles[0]?.bytes).raw().toBuffer({ resolveWithObject: true })
  const colour = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x + 1) * info.channels)]
  return { header, size: { width: info.width, height: info.height }, first: colour(0, 0), middle: colour(WIDTH / 2, HEIGHT / 2), last: colour(info.width - 1, info.height - 1) }
}

function expectRamp({ first, middle, last }: Awaited<ReturnType<typeof shown>>) {
  const greys = [first, middle, last].map((colour) => colour.slice(0, 3).reduce((sum, value) => sum + value, 0) / 3)
  for (const [index, expected] of [0, 130, 255].entries()) expect(Math.abs((greys[index] ?? -99) - expected)).toBeLessThan(8)
}

describe('a deep image', () => {
  const twelveBits = (at: number) => 200 + at * 3800
  it.each([
    ['a TIFF of 16 bits in grey', tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: Uint16Array.from(ramp(twelveBits)) })],
    ['a TIFF of 16 bits in colour', tiffOf({ width: WIDTH, height: HEIGHT, samples: 3, data: Uint16Array.from(ramp(twelveBits, 3)) })],
    ['a TIFF with values below zero', tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: Int16Array.from(ramp((at) => -1000 + at * 2000)) })],
    ['a TIFF of 32 bits', tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: Uint32Array.from(ramp((at) => at * 4e9)) })],
    ['a TIFF in floating point', tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: Float32Array.from(ramp((at) => -1 + at * 2)) })],
    ['a TIFF of five bands', tiffOf({ width: WIDTH, height: HEIGHT, samples: 5, data: Uint16Array.from(ramp(twelveBits, 5)) })],
  ])('is shown over the range of values that it uses: %s', async (_, bytes) => {
    const picture = await shown(bytes)
    expect(picture.header).toMatchObject({ mediaType: 'image/tiff', deep: true })
    expectRamp(picture)
  })

  it('may be a PNG, which a browser would show by its upper eight bits', async () => {
    const data = Uint16Array.from(ramp(twelveBits, 3))
    const picture = await shown(await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).toColourspace('rgb16').png().toBuffer())
    expect(needsPyramid(picture.header)).toBe(true)
    expectRamp(picture)
  })

  it('is not darkened by a few pixels that are much brighter', async () => {
    const data = Uint16Array.from(ramp(twelveBits))
    data[PIXELS / 3] = 65_535
    expectRamp(await shown(tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data })))
  })

  it('shows a few bright pixels where there is nothing else', async () => {
    const data = new Uint16Array(PIXELS).fill(100)
    data[0] = 900
    const { first, last } = await shown(tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data }))
    expect([(first[0] ?? 0) > 200, (last[0] ?? 255) < 60]).toEqual([true, true])
  })

  it('keeps its colours', async () => {
    const data = Uint16Array.from({ length: PIXELS * 3 }, (_, index) => [4000, 2000, 0][index % 3] ?? 0)
    const { first } = await shown(tiffOf({ width: WIDTH, height: HEIGHT, samples: 3, data }))
    expect(first.map((value) => Math.round(value / 16) * 16)).toEqual([256, 128, 0])
  })

  it.each([
    ['values that are no numbers', tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: Float32Array.from(ramp((at) => (at > 0.5 ? NaN : at))) }), 'no numbers'],
    ['colours in floating point beyond 1', tiffOf({ width: WIDTH, height: HEIGHT, samples: 3, data: Float32Array.from(ramp((at) => at * 255, 3)) }), 'from 0 to 1'],
    ['floating point of 64 bits', tiffOf({ width: WIDTH, height: HEIGHT, samples: 1, data: Float64Array.from(ramp((at) => at)) }), 'out of range'],
  ])('with %s is told to be unsupported', async (_, bytes, detail) => {
    await expect(shown(bytes)).rejects.toMatchObject({ problem: { code: 'imageUnsupported', detail: expect.stringContaining(detail) as string } })
  })
})

describe('an image that is turned by its EXIF data', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)('is upright as tiles: %s', async (format) => {
    const right = { input: { create: { width: WIDTH / 2, height: HEIGHT, channels: 3, background: '#ffffff' } }, left: WIDTH / 2, top: 0 } as const
    const halves = sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#000000' } }).composite([right])
    // Orientation 6: the camera was held on its side, what is stored to the right is at the bottom.
    const picture = await shown(await sharp(await halves.png().toBuffer()).withMetadata({ orientation: 6 }).toFormat(format).toBuffer())
    expect(picture.header).toMatchObject({ width: HEIGHT, height: WIDTH })
    expect(picture.size).toEqual({ width: HEIGHT, height: WIDTH })
    expect([(picture.first[0] ?? 255) < 20, (picture.last[0] ?? 0) > 235]).toEqual([true, true])
  })

  it('is cut into tiles where a browser would not turn it', () => {
    const header: ImageHeader = { mediaType: 'image/png', width: 40, height: 60, turned: true, deep: false }
    expect([header, { ...header, turned: false }, { ...header, mediaType: 'image/jpeg' as const }].map(needsPyramid)).toEqual([true, false, false])
  })
})

it('leaves an image of eight bits as it is', async () => {
  const { header } = await shown(await noise(WIDTH, HEIGHT).png().toBuffer())
  expect([header.deep, needsPyramid(header)]).toEqual([false, false])
})
