import type { Size } from '../../../shared/geometry/box.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { decodedImages } from './decodedImages.ts'
import type { DecodedImages } from './decodedImages.ts'
import { levelFor, overviewLevel, tilesWithin, tileUrl } from './pyramid.ts'

/**
 * Decodes what an image will show first in a view of `view` CSS pixels, as a whole, so that it is there when it is opened. Resolves when that is done,
 * or was given up: an image that cannot be had is told about when it is opened.
 */
export async function decodeAhead(image: ImageSource, view: Size, density: number, signal: AbortSignal, images: DecodedImages = decodedImages): Promise<void> {
  if (image.kind === 'whole') return images.load(image.url, signal, image).catch(() => undefined)
  const whole = { x: 0, y: 0, width: image.width, height: image.height }
  const scale = density * Math.min(view.width / image.width, view.height / image.height, 1)
  const tiles = [overviewLevel(image), levelFor(image, scale)].flatMap((level) => tilesWithin(image, level, whole))
  for (const tile of tiles) await images.load(tileUrl(image, tile), signal).catch(() => undefined)
}
