import { closeSync, openSync, readSync } from 'node:fs'
import type { Metadata, Sharp } from 'sharp'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { Strip } from './rasterStrip.ts'
import { sharp } from './sharp.ts'
import { toneScaleOf, type ToneScale } from './toneScale.ts'

/** libvips' own file format: a header of 64 bytes, then the pixels row by row. */
const HEADER_BYTES = 64
const FORMAT_AT = 20
const ROWS_AT_ONCE = 256

/** How values are stored, by libvips' number of the format. */
const ARRAYS = { 0: Uint8Array, 2: Uint16Array, 3: Int16Array, 4: Uint32Array, 5: Int32Array, 6: Float32Array, 8: Float64Array } as const
type ValueFormat = keyof typeof ARRAYS
type Values = InstanceType<(typeof ARRAYS)[ValueFormat]>
const BYTES: ValueFormat = 0

/** Pixels in a file, row by row; `bands` values each, of which the first `channels` (3, or 4 with opacity) are shown. */
export interface RawImage {
  path: string
  offset: number
  width: number
  height: number
  bands: number
  channels: number
  format: ValueFormat
  /** What to show for each value; bytes are shown as they are. */
  tones?: ToneScale
}

/** A raw file of bytes that are all shown. */
export function plainRaw(path: string, { width, height, channels }: Pick<RawImage, 'width' | 'height' | 'channels'>): RawImage {
  return { path, offset: 0, width, height, bands: channels, channels, format: BYTES }
}

/**
 * Decodes an image as it is shown, upright and in sRGB, into the new file `raw`. Deep images keep all their bits there; the range of values that they
 * use becomes black to white. Of more than four bands the first is shown in grey, or the first three if they are red, green and blue.
 * @throws AssetProblem imageCorrupt, imageUnsupported or diskFull; the error of the file system.
 */
export async function decodeToRaw(raw: string, file: string, maxPixels: number): Promise<RawImage> {
  try {
    const open = () => sharp(file, { failOn: 'truncated', limitInputPixels: maxPixels, sequentialRead: true })
    const metadata = await open().metadata()
    const { width, height, channels: bands } = await (await inOneScale(metadata, open)).autoOrient().toFile(raw)
    // In a deep TIFF a fourth band is a measurement more often than opacity, and nothing tells them apart here.
    const isOpaque = bands !== 4 || (metadata.depth !== 'uchar' && metadata.format === 'tiff')
    const image: RawImage = { path: raw, offset: HEADER_BYTES, width, height, bands, channels: isOpaque ? 3 : 4, format: formatOf(raw) }
    if (image.format === BYTES) return image
    const tones = toneScaleOf(() => valuesOf(image), bands)
    if (tones === undefined) throw new AssetProblem('imageUnsupported', 'The image has values that are no numbers')
    return { ...image, tones }
  } catch (error) {
    if (error instanceof AssetProblem) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new AssetProblem(/No space left|ENOSPC/i.test(detail) ? 'diskFull' : 'imageCorrupt', detail, { cause: error })
  }
}

/** The decoding that keeps the differences between values. */
async function inOneScale({ depth, space }: Metadata, open: () => Sharp): Promise<Sharp> {
  if (depth === 'ushort') return open().toColourspace('rgb16')
  if (depth === 'short') return open().linear(1, 32_768).toColourspace('rgb16')
  // Other values of one band pass through as they are.
  if (space !== 'scrgb') return open().toColourspace('srgb')
  const { channels } = await open().stats()
  const high = Math.max(...channels.map(({ max }) => max))
  if (high > 1) throw new AssetProblem('imageUnsupported', `Colours in floating point are from 0 to 1, this image has them up to ${high}`)
  return open().toColourspace('rgb16')
}

/** The rows of a raw image from `top` on, a byte for each channel. @throws AssetProblem imageCorrupt when they are not there. */
export function readStrip(fd: number, image: RawImage, top: number, height: number): Strip {
  const { width, bands, channels, tones } = image
  const values = readValues(fd, image, top, height)
  if (values instanceof Uint8Array && bands === channels) return { width, height, channels, data: values }
  const data = new Uint8Array(width * height * channels)
  let at = 0
  for (let pixel = 0; pixel < values.length; pixel += bands) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[pixel + channel] ?? 0
      if (tones === undefined) data[at++] = value
      else data[at++] = channel === 3 ? value / 256 : tones(value)
    }
  }
  return { width, height, channels, data }
}

function readValues(fd: number, { width, offset, bands, format }: RawImage, top: number, height: number): Values {
  const rowBytes = width * bands * ARRAYS[format].BYTES_PER_ELEMENT
  const bytes = new Uint8Array(rowBytes * height)
  if (readSync(fd, bytes, 0, bytes.length, offset + top * rowBytes) !== bytes.length) throw new AssetProblem('imageCorrupt', 'The decoder gave fewer pixels than the image has')
  return format === BYTES ? bytes : new ARRAYS[format](bytes.buffer)
}

function* valuesOf(image: RawImage): Generator<Values> {
  const fd = openSync(image.path, 'r')
  try {
    for (let top = 0; top < image.height; top += ROWS_AT_ONCE) yield readValues(fd, image, top, Math.min(ROWS_AT_ONCE, image.height - top))
  } finally {
    closeSync(fd)
  }
}

function formatOf(raw: string): ValueFormat {
  const header = Buffer.alloc(HEADER_BYTES)
  const fd = openSync(raw, 'r')
  readSync(fd, header)
  closeSync(fd)
  const format = header.readInt32LE(FORMAT_AT)
  if (isValueFormat(format)) return format
  throw new AssetProblem('imageUnsupported', `Images with values of the kind ${format} cannot be shown`)
}

function isValueFormat(format: number): format is ValueFormat {
  return format in ARRAYS
}
