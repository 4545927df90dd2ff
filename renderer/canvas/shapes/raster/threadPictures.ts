import { drawShare } from './drawShare.ts'
import { findHandwork } from './handwork.ts'
import { startHelpers } from './helpers.ts'
import type { PictureMaker } from './pictureMaker.ts'
import { Rasterizer } from './rasterizer.ts'
import { putBands, putOwnBands } from './shares.ts'

/** Makes pictures on this thread, with others that draw a share of each. @throws Error where there is no canvas to put them together on. */
export function createThreadPictures(): PictureMaker {
  const helpers = startHelpers()
  const canvas = new OffscreenCanvas(1, 1)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('There is no canvas')
  let rasterizer = new Rasterizer(helpers.ownShare)
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
      const { scene, share } = rasterizer
      helpers.ask(request)
      // Found once, and not for a picture that is given up.
      let handwork: ReturnType<typeof findHandwork> | undefined
      await drawShare(rasterizer, request, isWanted, async (part, clip, pixels) => {
        Object.assign(canvas, { width: clip.right - clip.left, height: clip.bottom - clip.top })
        putOwnBands(context, clip, share, pixels)
        const others = await helpers.drawn(request.number, part)
        if (others === undefined) return
        handwork ??= findHandwork(scene, request)
        for (const each of others) putBands(context, clip, each.share, each.taken)
        onPart({ part, ...handwork, bitmap: canvas.transferToImageBitmap() })
      })
    },
  }
}
