import { screenToImage } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { createPalms } from './palms.ts'
import { createFingers } from './pinch.ts'
import { NO_PEN, buttonOf, isTouch, modifiersOf, movementsOf, penOf } from './pointer.ts'

/** A place of a mouse event on `host`, in CSS pixels from its top-left corner. */
export function screenPoint(host: HTMLElement, event: { clientX: number; clientY: number }): Point {
  const { left, top } = host.getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}

/**
 * Turns mouse, pen and touch into input in image pixels, until `signal` aborts. One finger uses the tool in hand, two move and zoom the view. While a
 * pen is near, touches are the hand that holds it and mean nothing.
 */
export function listenToPointers(host: HTMLElement, editor: Editor, signal: AbortSignal): void {
  const fingers = createFingers()
  const palms = createPalms()

  const placeOf = (event: MouseEvent) => {
    const screen = screenPoint(host, event)
    return { point: screenToImage(editor.state.getState().camera, screen), screen, modifiers: modifiersOf(event) }
  }
  const input = (event: PointerEvent) => ({ ...placeOf(event), ...penOf(event), coarse: isTouch(event) })
  const listen = <K extends keyof HTMLElementEventMap>(type: K, handle: (event: HTMLElementEventMap[K]) => void) => {
    host.addEventListener(type, handle, { signal })
  }
  const listenToPointer = (type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel', handle: (event: PointerEvent) => void) => {
    listen(type, (event) => { if (!palms.isPalm(event)) handle(event) })
  }

  listenToPointer('pointerdown', (event) => {
    host.focus({ preventScroll: true })
    capture(event)
    if (isTouch(event)) fingers.down(event.pointerId, screenPoint(host, event))
    // The second finger says that the first one meant no drawing.
    if (isTouch(event) && fingers.count() > 1) editor.dispatch({ type: 'cancel' })
    else {
      // A hand often touches the view before its pen does.
      if (event.pointerType === 'pen' && fingers.clear()) editor.dispatch({ type: 'cancel' })
      editor.dispatch({ type: 'pointerDown', ...input(event), button: buttonOf(event) })
    }
  })
  listenToPointer('pointermove', (event) => {
    const pinch = isTouch(event) ? fingers.move(event.pointerId, screenPoint(host, event)) : undefined
    if (pinch === undefined) return movementsOf(event).forEach((each) => { editor.dispatch({ type: 'pointerMove', ...input(each) }) })
    editor.dispatch({ type: 'scroll', delta: pinch.delta })
    editor.dispatch({ type: 'zoom', screen: pinch.screen, factor: pinch.factor })
  })
  listenToPointer('pointerup', (event) => {
    const pinching = isTouch(event) && fingers.count() > 1
    fingers.up(event.pointerId)
    if (!pinching) editor.dispatch({ type: 'pointerUp', ...input(event), button: buttonOf(event) })
  })
  listenToPointer('pointercancel', (event) => {
    fingers.up(event.pointerId)
    editor.dispatch({ type: 'pointerCancel' })
  })
  listen('pointerleave', () => { editor.dispatch({ type: 'pointerLeave' }) })
  listen('dblclick', (event) => { editor.dispatch({ type: 'doubleClick', ...placeOf(event), ...NO_PEN, coarse: false }) })
  listen('contextmenu', (event) => { event.preventDefault() })
  // Pressing the middle button would start the browser's own scrolling.
  listen('mousedown', (event) => { if (event.button === 1) event.preventDefault() })
}

/** Keeps the gesture, with the cursor of the place where it began, when the pointer leaves the view. A pointer that is gone already cannot be captured, and need not be. */
function capture({ target, pointerId }: PointerEvent): void {
  try {
    if (target instanceof Element) target.setPointerCapture(pointerId)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}
