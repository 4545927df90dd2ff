import { startGpuPictures } from './gpu/gpuPictures.ts'
import type { PictureRequest, RasterPicture, ToRasterizer } from './messages.ts'
import { chooseMaker } from './pictureMaker.ts'
import { createThreadPictures } from './threadPictures.ts'

// The thread that rasterises. Both ends of the channel are made from these sources, so their types hold without a check.

const maker = chooseMaker(startGpuPictures(), createThreadPictures)
let newest = 0

self.addEventListener('message', ({ data: message }: MessageEvent<ToRasterizer>) => {
  if (message.type === 'picture') void answer(message.request)
  else if (message.type === 'forget') {
    newest = 0
    maker.forget()
  } else maker.follow(message)
})

async function answer(request: PictureRequest): Promise<void> {
  const { number } = request
  newest = number
  await maker.draw(request, () => newest === number, (part) => {
    self.postMessage({ number, ...part } satisfies RasterPicture, { transfer: [part.bitmap] })
  })
}
