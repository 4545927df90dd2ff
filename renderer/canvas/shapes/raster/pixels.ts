/**
 * A picture as canvases hold it: from the high to the low byte opacity, blue, green, red, not multiplied; row by row. The numbers are signed, because
 * whole numbers of 32 bits are what the engine is quick with.
 */
export interface Pixels { readonly data: Int32Array<ArrayBuffer>; readonly width: number; readonly height: number }

/** A part of a picture in whole pixels; right and bottom are outside of it. */
export interface Clip { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Lays a colour over a pixel with an opacity from 1 to 255. */
export function blend(data: Int32Array, at: number, color: number, opacity: number): void {
  const below = data[at] ?? 0
  const belowOpacity = below >>> 24
  if (belowOpacity === 0 || opacity === 255) {
    data[at] = color | (opacity << 24)
    return
  }
  // From 0 to 256, so that dividing is shifting.
  let share = opacity + (opacity >>> 7)
  let sum = 255
  if (belowOpacity !== 255) {
    sum = opacity + ((belowOpacity * (256 - share)) >>> 8)
    share = ((opacity << 8) / sum) | 0
  }
  const rest = 256 - share
  const redBlue = ((Math.imul(color & 0xff00ff, share) + Math.imul(below & 0xff00ff, rest)) >>> 8) & 0xff00ff
  const green = ((Math.imul(color & 0xff00, share) + Math.imul(below & 0xff00, rest)) >>> 8) & 0xff00
  data[at] = redBlue | green | (sum << 24)
}

export function clear({ data, width }: Pixels, { left, top, right, bottom }: Clip): void {
  for (let row = top; row < bottom; row += 1) data.fill(0, row * width + left, row * width + right)
}

/** Fills the box from (`left`, `top`) to before (`right`, `bottom`), in whole pixels. */
export function fillBox({ data, width }: Pixels, clip: Clip, left: number, top: number, right: number, bottom: number, color: number): void {
  const from = Math.max(clip.left, left)
  const to = Math.min(clip.right, right)
  const below = Math.min(clip.bottom, bottom)
  const solid = color | (255 << 24)
  for (let row = Math.max(clip.top, top); row < below; row += 1) {
    for (let at = row * width + from; at < row * width + to; at += 1) data[at] = solid
  }
}
