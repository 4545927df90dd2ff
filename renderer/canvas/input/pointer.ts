import type { Modifiers, PointerButton } from '../../editor/input/inputEvent.ts'

/** A pen turned round reports a button of its own. */
const ERASER_BUTTON = 5
const ERASER_HELD = 32
const BUTTONS: readonly PointerButton[] = ['primary', 'middle', 'secondary']

export function modifiersOf(event: { shiftKey: boolean; altKey: boolean; ctrlKey: boolean; metaKey: boolean }): Modifiers {
  return { shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey }
}

/** The eraser of a pen is pressed as its tip is. */
export function buttonOf({ button }: PointerEvent): PointerButton {
  return button === ERASER_BUTTON ? 'primary' : BUTTONS[button] ?? 'secondary'
}

/** A mouse, a finger and a key press fully. */
export const NO_PEN = { pressure: 1, eraser: false } as const

/** What a pen says beyond its place. */
export function penOf(event: PointerEvent): { pressure: number; eraser: boolean } {
  if (event.pointerType !== 'pen') return NO_PEN
  return { pressure: event.pressure, eraser: event.button === ERASER_BUTTON || (event.buttons & ERASER_HELD) !== 0 }
}

export function isTouch(event: PointerEvent): boolean {
  return event.pointerType === 'touch'
}

/** Every place that the pointer went through since the last frame, so that fast strokes are smooth; hovering needs only the last. */
export function movementsOf(event: PointerEvent): readonly PointerEvent[] {
  const all = event.buttons === 0 ? [] : event.getCoalescedEvents?.() ?? []
  return all.length === 0 ? [event] : all
}
