import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { Picture } from './imageMessages.ts'
import { THUMBNAIL_SIDE } from './pyramid.ts'
import { sharp } from './sharp.ts'

/** Decodes a whole image and shrinks it, so that damage anywhere in the file comes to light. @throws AssetProblem imageCorrupt. */
export async function makeThumbnail(file: string, maxPixels: number): Promise<Picture> {
  try {
    const image = sharp(file, { failOn: 'truncated', limitInputPixels: maxPixels, sequentialRead: true })
    const bytes = await image.autoOrient().resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 }).toBuffer()
    return { bytes: Uint8Array.from(bytes), mediaType: 'image/webp' }
  } catch (error) {
    throw new AssetProblem('imageCorrupt', error instanceof Error ? error.message : String(error), { cause: error })
  }
}
