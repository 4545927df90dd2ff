import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { ImageHeader } from './imageMessages.ts'
import { sharp } from './sharp.ts'

const MEDIA_TYPES: Partial<Record<string, ImageHeader['mediaType']>> = {
  jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', tiff: 'image/tiff', heif: 'image/avif',
}
// What must be held in memory as a whole, at up to four bytes a pixel, has to fit into the 2 GiB of the sandbox.
const MAX_PIXELS_IN_MEMORY = 400_000_000

/** Reads an image's header without decoding it. @throws AssetProblem imageCorrupt, imageUnsupported or imageTooLarge. */
export async function readHeader(file: string, maxPixels: number): Promise<ImageHeader> {
  const { format, compression, width, height, orientation = 1 } = await metadataOf(file)
  const mediaType = MEDIA_TYPES[format]
  if (mediaType === undefined || (format === 'heif' && compression !== 'av1')) throw new AssetProblem('imageUnsupported', `Images of the format ${format} are not supported`)
  const header: ImageHeader = orientation >= 5 ? { mediaType, width: height, height: width, turned: true } : { mediaType, width, height, turned: orientation > 1 }
  const limit = header.turned || format === 'heif' ? Math.min(maxPixels, MAX_PIXELS_IN_MEMORY) : maxPixels
  if (width * height > limit) throw new AssetProblem('imageTooLarge', `${width} x ${height} pixels are more than ${limit}`)
  return header
}

async function metadataOf(file: string) {
  try {
    // The limit is checked above against the header; sharp's own default is lower.
    return await sharp(file, { limitInputPixels: false }).metadata()
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AssetProblem(/unsupported image format|operation is blocked/i.test(detail) ? 'imageUnsupported' : 'imageCorrupt', detail, { cause: error })
  }
}
