import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { PictureRequest, RasterPicture, ToRasterizer } from './messages.ts'
import { imageDataOf } from './pixels.ts'
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
  const { number } = request
  newest = number
  const drawing = rasterizer.picture(request)
  // Found once, and not for a picture that is given up.
  let handwork: ReturnType<Rasterizer['handwork']> | undefined
  let step = drawing.next()
  while (step.done !== true) {
    await messagesHeard()
    if (newest !== number) return
    if (step.value !== undefined) await send({ number, part: 'view', ...(handwork ??= rasterizer.handwork(request)) }, imageDataOf(step.value.pixels, step.value.view))
    step = drawing.next()
  }
  const { width, height } = step.value
  await send({ number, part: 'whole', ...(handwork ?? rasterizer.handwork(request)) }, imageDataOf(step.value, { left: 0, top: 0, right: width, bottom: height }))
}

async function send(picture: Omit<RasterPicture, 'bitmap'>, image: ImageData): Promise<void> {
  const bitmap = await createImageBitmap(image)
  self.postMessage({ ...picture, bitmap } satisfies RasterPicture, { transfer: [bitmap] })
}

const turn = new MessageChannel()

/** Comes back after the messages that have arrived by now. */
function messagesHeard(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => resolve()
    turn.port2.postMessage(undefined)
  })
}
