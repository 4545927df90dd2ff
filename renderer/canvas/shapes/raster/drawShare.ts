import type { PictureRequest, RasterPicture } from './messages.ts'
import type { Clip, Pixels } from './pixels.ts'
import type { Rasterizer } from './rasterizer.ts'

/**
 * Draws a rasteriser's share of a picture and hands over each part as soon as it is there. A picture that is not wanted any longer, as another was asked for,
 * is given up between two bands.
 */
export async function drawShare(
  rasterizer: Rasterizer, request: PictureRequest, isWanted: () => boolean, onPart: (part: RasterPicture['part'], clip: Clip, pixels: Pixels) => Promise<void>,
): Promise<void> {
  const drawing = rasterizer.picture(request)
  let step = drawing.next()
  while (step.done !== true) {
    await messagesHeard()
    if (!isWanted()) return
    if (step.value !== undefined) await onPart('first', step.value.first, step.value.pixels)
    step = drawing.next()
  }
  const pixels = step.value
  await onPart('whole', { left: 0, top: 0, right: pixels.width, bottom: pixels.height }, pixels)
}

const turn = new MessageChannel()

/** Comes back after the messages that have arrived by now. */
function messagesHeard(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => resolve()
    turn.port2.postMessage(undefined)
  })
}
