import type { AssistAnswer } from '../../../shared/domain/assist.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import type { Point } from '../../../shared/geometry/point.ts'

/** `mod` is Control, or Command on macOS. */
export interface Modifiers { readonly shift: boolean; readonly alt: boolean; readonly mod: boolean }
export type PointerButton = 'primary' | 'middle' | 'secondary'

interface PointerInput {
  /** Image pixels. */
  readonly point: Point
  /** CSS pixels from the view's top-left corner. */
  readonly screen: Point
  readonly modifiers: Modifiers
  /** A finger needs larger targets than a mouse or pen. */
  readonly coarse: boolean
  /** How hard a pen is pressed, 0 to 1; 1 for mouse and finger. */
  readonly pressure: number
  /** The pen is turned round to its eraser. */
  readonly eraser: boolean
}
export type PointerDown = PointerInput & { readonly type: 'pointerDown'; readonly button: PointerButton }
export type PointerMove = PointerInput & { readonly type: 'pointerMove' }

/** Everything that can happen to the editor from outside, free of the DOM. */
export type InputEvent =
  | PointerDown
  | PointerMove
  | (PointerInput & { readonly type: 'pointerUp'; readonly button: PointerButton })
  | (PointerInput & { readonly type: 'doubleClick' })
  | { readonly type: 'pointerCancel' }
  | { readonly type: 'pointerLeave' }
  /** `key` as in `KeyboardEvent.key`. */
  | { readonly type: 'keyDown'; readonly key: string; readonly modifiers: Modifiers; readonly repeat: boolean }
  | { readonly type: 'keyUp'; readonly key: string; readonly modifiers: Modifiers }
  /** Zoom by `factor` about a place on the view (CSS pixels). */
  | { readonly type: 'zoom'; readonly screen: Point; readonly factor: number }
  /** Move the image by `delta` CSS pixels. */
  | { readonly type: 'scroll'; readonly delta: Point }
  /** Make what the tool draws with larger or smaller by `factor`. */
  | { readonly type: 'tune'; readonly factor: number }
  /** The view has a new size in CSS pixels. */
  | { readonly type: 'resize'; readonly size: Size }
  /** The view lost the keyboard: what is held down counts as released. */
  | { readonly type: 'blur' }
  /** The answer to a question of an assisted tool, with its number. */
  | { readonly type: 'proposal'; readonly id: number; readonly answer: AssistAnswer }
  /** The wand's tolerance was set. */
  | { readonly type: 'toleranceSet' }
  /** Give up the gesture under way. */
  | { readonly type: 'cancel' }
  /** Take back one step of the gesture under way, such as the last vertex. */
  | { readonly type: 'stepBack' }

/** Whether a gesture without finer steps must be given up. */
export function abandons(event: InputEvent): boolean {
  if (event.type === 'keyDown') return event.key === 'Escape'
  return event.type === 'cancel' || event.type === 'pointerCancel' || event.type === 'stepBack'
}
