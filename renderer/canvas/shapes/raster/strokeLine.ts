import { blend } from './pixels.ts'
import type { Clip, Pixels } from './pixels.ts'

/** By how much a line goes on beyond its ends, in pixels, so that corners close. */
const CAP = 0.25

/**
 * Draws a smooth line of a `width` in pixels from a to b. It goes along the longer side of the line and covers in each column (or row) the pixels between
 * its two edges, those at the edges in part.
 */
export function strokeLine(pixels: Pixels, clip: Clip, ax: number, ay: number, bx: number, by: number, width: number, color: number): void {
  if (Math.abs(bx - ax) >= Math.abs(by - ay)) {
    if (ax <= bx) along(pixels.data, pixels.skipped, 1, pixels.width, clip.left, clip.right, clip.top, clip.bottom, ax, ay, bx, by, width, color)
    else along(pixels.data, pixels.skipped, 1, pixels.width, clip.left, clip.right, clip.top, clip.bottom, bx, by, ax, ay, width, color)
  } else if (ay <= by) along(pixels.data, pixels.skipped, pixels.width, 1, clip.top, clip.bottom, clip.left, clip.right, ay, ax, by, bx, width, color)
  else along(pixels.data, pixels.skipped, pixels.width, 1, clip.top, clip.bottom, clip.left, clip.right, by, bx, ay, ax, width, color)
}

/** `u` runs along the line and `v` across it; `stepU` and `stepV` are their steps in the data, of which `skipped` are left out at the beginning. */
function along(
  data: Int32Array, skipped: number, stepU: number, stepV: number, lowU: number, highU: number, lowV: number, highV: number,
  au: number, av: number, bu: number, bv: number, width: number, color: number,
): void {
  const slope = bu === au ? 0 : (bv - av) / (bu - au)
  const half = (width / 2) * Math.sqrt(1 + slope * slope)
  const first = Math.max(lowU, Math.ceil(au - CAP - 0.5))
  const last = Math.min(highU - 1, Math.floor(bu + CAP - 0.5))
  for (let u = first; u <= last; u += 1) {
    const middle = av + (u + 0.5 - au) * slope
    const top = middle - half
    const bottom = middle + half
    const to = Math.min(highV - 1, Math.ceil(bottom) - 1)
    for (let v = Math.max(lowV, Math.floor(top)); v <= to; v += 1) {
      const covered = Math.min(v + 1, bottom) - Math.max(v, top)
      const opacity = (255 * covered + 0.5) | 0
      if (opacity > 0) blend(data, u * stepU + v * stepV - skipped, color, opacity)
    }
  }
}
