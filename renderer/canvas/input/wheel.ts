import type { Point } from '../../../shared/geometry/point.ts'

/** What turning the wheel or stroking the trackpad asks for; `steps` is the natural logarithm of the zoom factor. */
export type WheelIntent = { readonly kind: 'zoom'; readonly steps: number } | { readonly kind: 'scroll'; readonly delta: Point }

const ZOOM_PER_PIXEL = 0.002
const PINCH_PER_PIXEL = 0.01
/** Pixels that stand for one line or page, which some browsers report instead. */
const LINE = 16
const PAGE = 400

type Wheel = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & { readonly wheelDeltaY?: number }

/**
 * A mouse wheel zooms, and with Shift moves sideways; two fingers on a trackpad move the image, and pinching (which
 * browsers report as a wheel with Control) zooms.
 */
export function wheelIntent(event: Wheel): WheelIntent {
  const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? PAGE : 1
  const dx = event.deltaX * unit
  const dy = event.deltaY * unit
  if (event.ctrlKey || event.metaKey) return { kind: 'zoom', steps: -clamp(dy, 50) * PINCH_PER_PIXEL }
  if (event.shiftKey) return { kind: 'scroll', delta: [-(dx || dy), 0] }
  if (isTrackpad(event)) return { kind: 'scroll', delta: [-dx, -dy] }
  return { kind: 'zoom', steps: -clamp(dy, 240) * ZOOM_PER_PIXEL }
}

/** Chromium reports the strokes of a trackpad three times as long in the older `wheelDeltaY`, and notches of a wheel as 120. */
function isTrackpad({ deltaX, deltaY, deltaMode, wheelDeltaY }: Wheel): boolean {
  if (deltaMode !== 0) return false
  if (deltaX !== 0) return true
  return wheelDeltaY !== undefined && wheelDeltaY !== 0 && wheelDeltaY === -3 * deltaY
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value))
}
