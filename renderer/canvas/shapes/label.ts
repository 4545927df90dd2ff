import type { Point } from '../../../shared/geometry/point.ts'
import type { Context2D } from '../surface.ts'

const PADDING = 4
const HEIGHT = 16
/** CSS pixels by which a label may go to the right of where it begins. */
export const LABEL_ROOM = 240

/** Writes a small tag whose bottom left is at `place` (CSS pixels), black or white on `color` (#rrggbb), whichever reads better. */
export function drawLabel(context: Context2D, text: string, [x, y]: Point, color: string, font: string): void {
  context.font = font
  context.textBaseline = 'middle'
  const width = context.measureText(text).width + 2 * PADDING
  const top = Math.max(0, y - HEIGHT)
  context.fillStyle = color
  context.fillRect(x, top, width, HEIGHT)
  context.fillStyle = isLight(color) ? '#000000' : '#ffffff'
  context.fillText(text, x + PADDING, top + HEIGHT / 2 + 0.5)
}

/** Whether black reads better than white on a colour (#rrggbb), by the luma of ITU-R BT.601. */
export function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150
}
