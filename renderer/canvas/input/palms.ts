import { isTouch } from './pointer.ts'

/** For so long after a pen was over the view (milliseconds), what touches it is taken for the hand that holds the pen. */
const PEN_IS_NEAR = 1000

/** Tells fingers from the palm of a hand that draws with a pen. */
export interface Palms {
  /** Whether an event is that of a palm and means nothing. A touch is one to its end if it begins while a pen is near, or a pen comes down beside it. */
  isPalm(event: PointerEvent): boolean
}

export function createPalms(): Palms {
  let penSeen = -Infinity
  /** Every touch that is down, and whether it is a palm. */
  const touches = new Map<number, boolean>()
  return {
    isPalm(event) {
      const { type, pointerId, timeStamp } = event
      if (event.pointerType === 'pen') {
        penSeen = timeStamp
        if (type === 'pointerdown') for (const id of touches.keys()) touches.set(id, true)
      }
      if (!isTouch(event)) return false
      if (type === 'pointerdown') touches.set(pointerId, timeStamp - penSeen < PEN_IS_NEAR)
      const isPalm = touches.get(pointerId) ?? false
      if (type === 'pointerup' || type === 'pointercancel') touches.delete(pointerId)
      return isPalm
    },
  }
}
