import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { PictureRequest, ToRasterizer } from './messages.ts'
import { Rasterizer } from './rasterizer.ts'

// The thread that rasterises. Both ends of the channel are made from these sources, so their types hold without a check.

const rasterizer = new Rasterizer()

self.addEventListener('message', ({ data: message }: MessageEvent<ToRasterizer>) => {
  switch (message.type) {
    case 'load': return rasterizer.scene.load(message.shapes)
    case 'change': return rasterizer.scene.change(message.removed, message.added)
    case 'hide': return rasterizer.scene.hide(message.numbers)
    case 'picture': return void answer(message.request)
    default: return assertNever(message)
  }
})

async function answer(request: PictureRequest): Promise<void> {
  const { data, width, height } = rasterizer.picture(request)
  const handwork = rasterizer.handwork(request)
  const bitmap = await createImageBitmap(new ImageData(new Uint8ClampedArray(data.buffer), width, height))
  self.postMessage({ number: request.number, bitmap, ...handwork }, { transfer: [bitmap] })
}
