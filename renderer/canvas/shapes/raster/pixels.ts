/**
 * Rows of a picture: the pixel at (x, y) is number `y * width + x - skipped`, as pixels above may be left out. From the high to the low byte opacity, blue, green, red, multiplied by the opacity, which makes laying over cheap. The numbers are
 * signed, because whole numbers of 32 bits are what the engine is quick with.
 */
export interface Pixels { readonly data: Int32Array<ArrayBuffer>; readonly width: number; readonly height: number; readonly skipped: number }

/** A part of a picture in whole pixels; right and bottom are outside of it. */
export interface Clip { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** What rounds two channels to the nearest when they are divided by 256. */
const HALF = 0x800080

/** Lays a colour over a pixel with an opacity from 1 to 255. */
export function blend(data: Int32Array, at: number, color: number, opacity: number): void {
  if (opacity === 255) {
    data[at] = color | (255 << 24)
    return
  }
  const share = shareOf(opacity)
  data[at] = over(data[at] ?? 0, Math.imul(color & 0xff00ff, share) + HALF, Math.imul(greenAndOpacity(color), share) + HALF, 256 - share)
}

/** Lays a colour over the pixels of a row from `from` to before `to` with an opacity from 1 to 255. */
export function blendRow(data: Int32Array, from: number, to: number, color: number, opacity: number): void {
  const share = shareOf(opacity)
  const redBlue = Math.imul(color & 0xff00ff, share) + HALF
  const green = Math.imul(greenAndOpacity(color), share) + HALF
  for (let at = from; at < to; at += 1) data[at] = over(data[at] ?? 0, redBlue, green, 256 - share)
}

/** From 0 to 256, so that dividing is shifting. */
function shareOf(opacity: number): number {
  return opacity + (opacity >>> 7)
}

function greenAndOpacity(color: number): number {
  return ((color >>> 8) & 0xff) | 0xff0000
}

/** Each channel of the pixel below counts `rest` / 256; what is added of the upper colour is multiplied and rounded already. */
function over(below: number, redBlue: number, green: number, rest: number): number {
  return (((redBlue + Math.imul(below & 0xff00ff, rest)) >>> 8) & 0xff00ff) | ((green + Math.imul((below >>> 8) & 0xff00ff, rest)) & 0xff00ff00)
}

/** 65536 * 255 / opacity, by which channels are divided by their opacity. */
const DIVIDE = Float64Array.from({ length: 256 }, (_, opacity) => (opacity === 0 ? 0 : (65_536 * 255) / opacity))

/** A pixel whose channels are no longer multiplied by its opacity. */
export function straighten(pixel: number): number {
  const opacity = pixel >>> 24
  if (opacity === 0 || opacity === 255) return pixel
  const factor = DIVIDE[opacity] ?? 0
  const blue = Math.min(255, (((pixel >>> 16) & 0xff) * factor + 32_768) >>> 16)
  const green = Math.min(255, (((pixel >>> 8) & 0xff) * factor + 32_768) >>> 16)
  const red = Math.min(255, ((pixel & 0xff) * factor + 32_768) >>> 16)
  return (opacity << 24) | (blue << 16) | (green << 8) | red
}

export function clear({ data, width, skipped }: Pixels, { left, top, right, bottom }: Clip): void {
  for (let row = top; row < bottom; row += 1) data.fill(0, row * width + left - skipped, row * width + right - skipped)
}

/** Fills the box from (`left`, `top`) to before (`right`, `bottom`), in whole pixels. */
export function fillBox({ data, width, skipped }: Pixels, clip: Clip, left: number, top: number, right: number, bottom: number, color: number): void {
  const from = Math.max(clip.left, left)
  const to = Math.min(clip.right, right)
  const below = Math.min(clip.bottom, bottom)
  const solid = color | (255 << 24)
  for (let row = Math.max(clip.top, top); row < below; row += 1) {
    const start = row * width - skipped
    for (let at = start + from; at < start + to; at += 1) data[at] = solid
  }
}
