import type { Size } from '../../../shared/geometry/box.ts'
import { UPRIGHT, cameraToFit } from '../../../shared/geometry/camera.ts'
import type { Adjustments } from '../../editor/store/adjustments.ts'
import type { ImagePixels } from './imageLayer.ts'

/** The image is judged by a picture of it with sides of at most this many pixels. */
const SIDE = 256
/** The share of pixels at either end that may be lost to black or white. */
const CUT = 0.005

/** How each channel is read from a pixel: weights of red, green and blue. Together they count by their luma (ITU-R BT.601). */
const WEIGHTS: Readonly<Record<Adjustments['channel'], readonly [number, number, number]>> = {
  all: [0.299, 0.587, 0.114], grey: [0.299, 0.587, 0.114], red: [1, 0, 0], green: [0, 1, 0], blue: [0, 0, 1],
}

/** Between which values (0 to 1) nearly all pixels of what has been loaded lie; undefined when nothing has, or there is nothing to draw on. */
export function usedLevels(pixels: ImagePixels, image: Size, channel: Adjustments['channel']): { low: number; high: number } | undefined {
  const shrink = Math.min(1, SIDE / Math.max(image.width, image.height))
  const size = { width: Math.max(1, Math.round(image.width * shrink)), height: Math.max(1, Math.round(image.height * shrink)) }
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  pixels.paint(context, cameraToFit({ x: 0, y: 0, ...image }, size, 0, UPRIGHT), size, 1)
  return levelsWithin(context.getImageData(0, 0, size.width, size.height).data, channel)
}

/** The same for pixels as red, green, blue and opacity from 0 to 255. */
export function levelsWithin(data: Uint8ClampedArray, channel: Adjustments['channel']): { low: number; high: number } | undefined {
  const [red, green, blue] = WEIGHTS[channel]
  const counts = new Uint32Array(256)
  let total = 0
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] !== 255) continue
    const level = Math.round(red * (data[at] ?? 0) + green * (data[at + 1] ?? 0) + blue * (data[at + 2] ?? 0))
    counts[level] = (counts[level] ?? 0) + 1
    total += 1
  }
  if (total === 0) return undefined
  return { low: levelAfter(counts, CUT * total) / 255, high: levelAfter(counts, (1 - CUT) * total) / 255 }
}

/** The first level up to which more than `count` pixels lie. */
function levelAfter(counts: Uint32Array, count: number): number {
  let seen = 0
  for (const [level, here] of counts.entries()) {
    seen += here
    if (seen > count) return level
  }
  return 255
}
