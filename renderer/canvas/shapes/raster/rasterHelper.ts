import { drawShare } from './drawShare.ts'
import { Rasterizer } from './rasterizer.ts'
import type { FromHelper, ToHelper } from './messages.ts'
import { takeBands, WHOLE } from './shares.ts'

// A thread that draws a share of each picture for the thread that rasterises.

let rasterizer = new Rasterizer(WHOLE)
let newest = 0

self.addEventListener('message', ({ data: message }: MessageEvent<ToHelper>) => {
  if (message.type === 'share') rasterizer = new Rasterizer(message.share)
  else if (message.type === 'forget') {
    newest = 0
    rasterizer = new Rasterizer(rasterizer.share)
  } else if (message.type === 'picture') {
    const { number } = message.request
    newest = number
    void drawShare(rasterizer, message.request, () => newest === number, async (part, clip, pixels) => {
      const taken = takeBands(pixels, clip, rasterizer.share)
      self.postMessage({ number, part, taken } satisfies FromHelper, { transfer: [taken.buffer] })
    })
  } else rasterizer.scene.follow(message)
})
