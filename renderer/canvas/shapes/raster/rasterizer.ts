import type { Box } from '../../../../shared/geometry/box.ts'
import { boxAround, boxCorners } from '../../../../shared/geometry/box.ts'
import type { Matrix } from '../../../../shared/geometry/camera.ts'
import { samePose, sizeInPixels } from '../../held/pose.ts'
import { inDevicePixels, styleOf } from './inPixels.ts'
import type { RasterStyle } from './inPixels.ts'
import type { PictureRequest } from './messages.ts'
import { clear } from './pixels.ts'
import type { Clip, Pixels } from './pixels.ts'
import { placeBlock, rasterBlock } from './rasterBlock.ts'
import { Scene } from './scene.ts'
import { atBand, bandsOf, pixelsOfShare } from './shares.ts'
import type { Share } from './shares.ts'

/** Makes its share of pictures of a scene, and only of the part that has changed when the same picture is asked for again. */
export class Rasterizer {
  readonly scene = new Scene()
  readonly share: Share
  #pixels: Pixels | undefined
  #last: PictureRequest | undefined

  constructor(share: Share) {
    this.share = share
  }

  /**
   * Draws band by band, so that its caller can look around after each and give up; what was given up is made anew the next time. Of a new
   * picture, the part that is wanted first is told as soon as it is there.
   */
  *picture(request: PictureRequest): Generator<FirstPart | undefined, Pixels> {
    const { pose, first } = request
    const { width, height } = sizeInPixels(pose)
    const kept = this.#pixels?.width === width && this.#pixels.height === height ? this.#pixels : undefined
    const pixels = kept ?? pixelsOfShare(width, height, this.share)
    const style = styleOf(request)
    const matrix = inDevicePixels(pose)
    const dirty = this.scene.takeDirty()
    const again = kept !== undefined && this.#last !== undefined && sameLook(this.#last, request)
    this.#pixels = pixels
    this.#last = undefined
    const parts = again && dirty !== 'everywhere' ? clipTo(pixels, dirty, matrix, style) : wholeOf(pixels, first)
    const blocks = parts.length === 0 ? [] : this.scene.blocks.map((block) => ({ block, places: placeBlock(block, matrix, style) }))
    for (const part of parts) {
      for (const band of bandsOf(part, this.share)) {
        const rows = atBand(pixels, band, this.share)
        clear(rows, band)
        for (const { block, places } of blocks) rasterBlock(rows, band, block, places, matrix, style)
        yield
      }
      if (part === first) yield { pixels, first }
    }
    this.#last = request
    return pixels
  }
}

/** The part of a picture that was wanted first is done. */
export interface FirstPart { readonly pixels: Pixels; readonly first: Clip }

/** A whole picture in one part; or, with a part that comes first, in the parts around that: above and below in full width, then beside it. */
function wholeOf({ width, height }: Pixels, middle: Clip | undefined): Clip[] {
  const all = { left: 0, top: 0, right: width, bottom: height }
  if (middle === undefined) return [all]
  return [
    middle,
    { ...all, bottom: middle.top }, { ...all, top: middle.bottom },
    { ...middle, left: all.left, right: middle.left }, { ...middle, left: middle.right, right: all.right },
  ]
}

function sameLook(a: PictureRequest, b: PictureRequest): boolean {
  return a.fillOpacity === b.fillOpacity && a.outlineWidth === b.outlineWidth && samePose(a.pose, b.pose)
}

/** The pixels that a part of the image plane can have an effect on, if there are any. */
function clipTo({ width, height }: Pixels, dirty: Box | undefined, { a, b, c, d, e, f }: Matrix, style: RasterStyle): Clip[] {
  if (dirty === undefined) return []
  const box = boxAround(boxCorners(dirty).map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]))
  const reach = 2 + style.outlineWidth + style.dotRadius
  const clip = {
    left: Math.max(0, Math.floor(box.x - reach)), top: Math.max(0, Math.floor(box.y - reach)),
    right: Math.min(width, Math.ceil(box.x + box.width + reach)), bottom: Math.min(height, Math.ceil(box.y + box.height + reach)),
  }
  return clip.left < clip.right && clip.top < clip.bottom ? [clip] : []
}
