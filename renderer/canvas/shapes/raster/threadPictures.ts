import { drawShare } from './drawShare.ts'
import { findHandwork } from './handwork.ts'
import { startHelpers } from './helpers.ts'
import type { RasterPicture } from './messages.ts'
import type { PictureMaker } from './pictureMaker.ts'
import type { Clip, Pixels } from './pixels.ts'
import { Rasterizer } from './rasterizer.ts'
import { layBands, takeBands } from './shares.ts'

/** Makes pictures on this thread, with others that draw a share of each. */
export function createThreadPictures(): PictureMaker {
  const helpers = startHelpers()
  let rasterizer = new Rasterizer(helpers.ownShare)

  /** A part of a picture with the shares of all threads; undefined when another picture was asked for in the meantime. */
  async function imageOf(pixels: Pixels, clip: Clip, number: number, part: RasterPicture['part']): Promise<ImageData | undefined> {
    const image = new ImageData(clip.right - clip.left, clip.bottom - clip.top)
    const straight = new Int32Array(image.data.buffer)
    layBands(straight, clip, helpers.ownShare, takeBands(pixels, clip, helpers.ownShare))
    const drawn = await helpers.drawn(number, part)
    for (const { share, taken } of drawn ?? []) layBands(straight, clip, share, taken)
    return drawn && image
  }

  return {
    follow(change) {
      helpers.tell(change)
      rasterizer.scene.follow(change)
    },
    forget() {
      helpers.tell({ type: 'forget' })
      rasterizer = new Rasterizer(helpers.ownShare)
    },
    async draw(request, isWanted, onPart) {
      const { scene } = rasterizer
      helpers.ask(request)
      // Found once, and not for a picture that is given up.
      let handwork: ReturnType<typeof findHandwork> | undefined
      await drawShare(rasterizer, request, isWanted, async (part, clip, pixels) => {
        const image = await imageOf(pixels, clip, request.number, part)
        if (image === undefined) return
        handwork ??= findHandwork(scene, request)
        onPart({ part, ...handwork, bitmap: await createImageBitmap(image) })
      })
    },
  }
}
