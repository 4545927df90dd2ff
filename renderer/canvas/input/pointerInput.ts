import { screenToImage } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { InputEvent, Modifiers, PointerButton } from '../../editor/input/inputEvent.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { createFingers } from './pinch.ts'

const BUTTONS: readonly PointerButton[] = ['primary', 'middle', 'secondary']

export function modifiersOf(event: { shiftKey: boolean; altKey: boolean; ctrlKey: boolean; metaKey: boolean }): Modifiers {
  return { shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey }
}

/** A place of a mouse event on `host`, in CSS pixels from its top-left corner. */
export function screenPoint(host: HTMLElement, event: { clientX: number; clientY: number }): Point {
  const { left, top } = host.getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}

/** Turns mouse, pen and touch into input in image pixels, until `signal` aborts. Two fingers move and zoom the view. */
export function listenToPointers(host: HTMLElement, editor: Editor, signal: AbortSignal): void {
  const fingers = createFingers()

  const input = (event: MouseEvent, coarse: boolean) => {
    const screen = screenPoint(host, event)
    return { point: screenToImage(editor.state.getState().camera, screen), screen, modifiers: modifiersOf(event), coarse }
  }
  const isTouch = (event: PointerEvent) => event.pointerType === 'touch'
  const listen = <K extends keyof HTMLElementEventMap>(type: K, handle: (event: HTMLElementEventMap[K]) => void) => {
    host.addEventListener(type, handle, { signal })
  }
  const button = (event: PointerEvent): PointerButton => BUTTONS[event.button] ?? 'secondary'

  listen('pointerdown', (event) => {
    host.focus({ preventScroll: true })
    capture(host, event.pointerId)
    if (isTouch(event)) fingers.down(event.pointerId, screenPoint(host, event))
    // The second finger says that the first one meant no drawing.
    if (fingers.count() > 1) editor.dispatch({ type: 'cancel' })
    else editor.dispatch({ type: 'pointerDown', ...input(event, isTouch(event)), button: button(event) })
  })
  listen('pointermove', (event) => {
    const pinch = isTouch(event) ? fingers.move(event.pointerId, screenPoint(host, event)) : undefined
    const events: InputEvent[] = pinch === undefined
      ? [{ type: 'pointerMove', ...input(event, isTouch(event)) }]
      : [{ type: 'scroll', delta: pinch.delta }, { type: 'zoom', screen: pinch.screen, factor: pinch.factor }]
    for (const each of events) editor.dispatch(each)
  })
  listen('pointerup', (event) => {
    const pinching = fingers.count() > 1
    fingers.up(event.pointerId)
    if (!pinching) editor.dispatch({ type: 'pointerUp', ...input(event, isTouch(event)), button: button(event) })
  })
  listen('pointercancel', (event) => {
    fingers.up(event.pointerId)
    editor.dispatch({ type: 'pointerCancel' })
  })
  listen('pointerleave', () => { editor.dispatch({ type: 'pointerLeave' }) })
  listen('dblclick', (event) => { editor.dispatch({ type: 'doubleClick', ...input(event, false) }) })
  listen('contextmenu', (event) => { event.preventDefault() })
  // Pressing the middle button would start the browser's own scrolling.
  listen('mousedown', (event) => { if (event.button === 1) event.preventDefault() })
}

/** Keeps the gesture when the pointer leaves the view. A pointer that is gone already cannot be captured, and need not be. */
function capture(host: HTMLElement, pointerId: number): void {
  try {
    host.setPointerCapture(pointerId)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}
