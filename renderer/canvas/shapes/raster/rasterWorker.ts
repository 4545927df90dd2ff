import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { PictureRequest, ToRasterizer } from './messages.ts'
import { Rasterizer } from './rasterizer.ts'

// The thread that rasterises. Both ends of the channel are made from these sources, so their types hold without a check.

const rasterizer = new Rasterizer()
let newest = 0

self.addEventListener('message', ({ data: message }: MessageEvent<ToRasterizer>) => {
  switch (message.type) {
    case 'load': return rasterizer.scene.load(message.shapes)
    case 'change': return rasterizer.scene.change(message.removed, message.added)
    case 'hide': return rasterizer.scene.hide(message.numbers)
    case 'picture': return void answer(message.request)
    default: return assertNever(message)
  }
})

/** A picture is given up as soon as another is asked for. */
async function answer(request: PictureRequest): Promise<void> {
  newest = request.number
  const drawing = rasterizer.picture(request)
  let step = drawing.next()
  while (step.done !== true) {
    await messagesHeard()
    if (newest !== request.number) return
    step = drawing.next()
  }
  const { data, width, height } = step.value
  const handwork = rasterizer.handwork(request)
  const bitmap = await createImageBitmap(new ImageData(new Uint8ClampedArray(data.buffer), width, height))
  self.postMessage({ number: request.number, bitmap, ...handwork }, { transfer: [bitmap] })
}

const turn = new MessageChannel()

/** Comes back after the messages that have arrived by now. */
function messagesHeard(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => resolve()
    turn.port2.postMessage(undefined)
  })
}
