import { drawShare } from './drawShare.ts'
import { startHelpers } from './helpers.ts'
import type { PictureRequest, RasterPicture, ToRasterizer } from './messages.ts'
import type { Clip, Pixels } from './pixels.ts'
import { Rasterizer } from './rasterizer.ts'
import { layBands, takeBands } from './shares.ts'

// The thread that rasterises, with others that draw a share of each picture. All ends of the channels are made from these sources, so their types hold without a check.

const helpers = startHelpers()
let rasterizer = new Rasterizer(helpers.ownShare)
let newest = 0

self.addEventListener('message', ({ data: message }: MessageEvent<ToRasterizer>) => {
  if (message.type === 'picture') return void answer(message.request)
  helpers.tell(message)
  if (message.type === 'forget') {
    newest = 0
    rasterizer = new Rasterizer(helpers.ownShare)
  } else rasterizer.scene.follow(message)
})

async function answer(request: PictureRequest): Promise<void> {
  const { number } = request
  newest = number
  helpers.ask(request)
  // Found once, and not for a picture that is given up.
  let handwork: ReturnType<Rasterizer['handwork']> | undefined
  await drawShare(rasterizer, request, () => newest === number, async (part, clip, pixels) => {
    const image = await imageOf(pixels, clip, number, part)
    if (image === undefined) return
    handwork ??= rasterizer.handwork(request)
    const bitmap = await createImageBitmap(image)
    self.postMessage({ number, part, ...handwork, bitmap } satisfies RasterPicture, { transfer: [bitmap] })
  })
}

/** A part of a picture with the shares of all threads; undefined when another picture was asked for in the meantime. */
async function imageOf(pixels: Pixels, clip: Clip, number: number, part: RasterPicture['part']): Promise<ImageData | undefined> {
  const image = new ImageData(clip.right - clip.left, clip.bottom - clip.top)
  const straight = new Int32Array(image.data.buffer)
  layBands(straight, clip, helpers.ownShare, takeBands(pixels, clip, helpers.ownShare))
  const drawn = await helpers.drawn(number, part)
  for (const { share, taken } of drawn ?? []) layBands(straight, clip, share, taken)
  return drawn && image
}
