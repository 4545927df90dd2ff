import type { Point } from '../../../shared/geometry/point.ts'

/** The part of the zoom left over that each frame carries out. */
const PER_FRAME = 0.4
const DONE = 0.002

export interface SmoothZoom {
  /** Adds `steps` (natural logarithm of a factor) about a place on the view (CSS pixels). */
  add(screen: Point, steps: number): void
  stop(): void
}

/** Spreads the notches of a wheel over some frames, so that the eye can follow. */
export function createSmoothZoom(zoom: (screen: Point, factor: number) => void): SmoothZoom {
  let left = 0
  let anchor: Point = [0, 0]
  let frame: number | undefined

  const step = () => {
    const now = Math.abs(left) < DONE ? left : left * PER_FRAME
    left -= now
    zoom(anchor, Math.exp(now))
    frame = left === 0 ? undefined : requestAnimationFrame(step)
  }
  return {
    add(screen, steps) {
      anchor = screen
      left += steps
      frame ??= requestAnimationFrame(step)
    },
    stop() {
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = undefined
      left = 0
    },
  }
}
