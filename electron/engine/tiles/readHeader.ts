import { open } from 'node:fs/promises'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { ImageHeader } from './imageMessages.ts'
import type { Metadata } from 'sharp'
import { pixelSizeOf } from './pixelSizeOf.ts'
import { sharp } from './sharp.ts'

const MEDIA_TYPES: Partial<Record<string, ImageHeader['mediaType']>> = {
  jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', tiff: 'image/tiff', heif: 'image/avif',
}
// What must be held in memory as a whole, at up to four bytes a pixel, has to fit into the 2 GiB of the sandbox.
const MAX_PIXELS_IN_MEMORY = 400_000_000
// Sharp's own limit is lower; ours is checked against the header.
const NO_LIMIT = { limitInputPixels: false }
const JPEG_MAGIC = Buffer.from([0xff, 0xd8, 0xff])
const UNSUPPORTED = /unsupported|operation is blocked|samples out of range/i
/** Most headers end long before; EXIF data with a preview and a colour profile take some ten thousand bytes. */
const BEGINNING_BYTES = 256 * 1024
/** Kept, because a process looks into one image after another. */
const beginning = Buffer.alloc(BEGINNING_BYTES)

/** Reads an image's header without decoding it. @throws AssetProblem imageCorrupt, imageUnsupported or imageTooLarge. */
export async function readHeader(file: string, maxPixels: number): Promise<ImageHeader> {
  const metadata = await metadataOf(file)
  const { format, compression, width, height, depth, orientation = 1 } = metadata
  const mediaType = MEDIA_TYPES[format]
  if (mediaType === undefined || (format === 'heif' && compression !== 'av1')) throw new AssetProblem('imageUnsupported', `Images of the format ${format} are not supported`)
  const size = orientation >= 5 ? { width: height, height: width } : { width, height }
  const header: ImageHeader = { mediaType, ...size, turned: orientation > 1, deep: depth !== 'uchar', pixelSize: pixelSizeOf(metadata) }
  const limit = header.turned || format === 'heif' ? Math.min(maxPixels, MAX_PIXELS_IN_MEMORY) : maxPixels
  if (width * height > limit) throw new AssetProblem('imageTooLarge', `${width} x ${height} pixels are more than ${limit}`)
  return header
}

/**
 * What the beginning of a JPEG tells; undefined when that is not all of its header, or it is no JPEG. Given a path, the decoder would take the
 * whole file into the memory of its sandbox. Other formats may note a turn after the pixels.
 */
async function metadataOfJpeg(file: string): Promise<Metadata | undefined> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(beginning, 0, BEGINNING_BYTES, 0)
    if (!buffer.subarray(0, JPEG_MAGIC.length).equals(JPEG_MAGIC)) return undefined
    return await sharp(buffer.subarray(0, bytesRead), NO_LIMIT).metadata().catch(() => undefined)
  } finally {
    await handle.close()
  }
}

async function metadataOf(file: string): Promise<Metadata> {
  try {
    return (await metadataOfJpeg(file)) ?? (await sharp(file, NO_LIMIT).metadata())
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AssetProblem(UNSUPPORTED.test(detail) ? 'imageUnsupported' : 'imageCorrupt', detail, { cause: error })
  }
}
