import type { Size } from '../../../shared/geometry/box.ts'
import { imageToScreen, visibleBox } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'

/** CSS pixels per image pixel at which the grid begins to show, and from which it is at its strongest. */
const SHOWS_FROM = 8
const FULL_FROM = 16
const OPACITY = 0.35

/** How strongly the grid is seen, 0 to 1. */
export function gridStrength(zoom: number): number {
  return Math.min(1, Math.max(0, (zoom - SHOWS_FROM) / (FULL_FROM - SHOWS_FROM)))
}

/** Lines at the borders of the image's pixels, one device pixel wide, fading in as the eye comes near. */
export function paintPixelGrid(context: CanvasRenderingContext2D, camera: Camera, view: Size, image: Size, density: number): void {
  const strength = gridStrength(camera.zoom)
  if (strength === 0) return
  const seen = visibleBox(camera, view)
  const [left, right] = span(seen.x, seen.width, image.width)
  const [top, bottom] = span(seen.y, seen.height, image.height)
  // Lines along the edges of the screen's pixels are sharp when they lie in the middle of one.
  const sharp = camera.rotation % 90 === 0 ? (value: number) => (Math.round(value * density - 0.5) + 0.5) / density : (value: number) => value
  const line = (from: Point, to: Point, shift: number) => {
    const [[x1, y1], [x2, y2]] = [imageToScreen(camera, from), imageToScreen(camera, to)]
    context.moveTo(sharp(x1) + shift, sharp(y1) + shift)
    context.lineTo(sharp(x2) + shift, sharp(y2) + shift)
  }
  context.lineWidth = 1 / density
  // A dark line with a light one beside it is seen on every colour.
  for (const [level, shift] of [[0, 0], [255, 1 / density]] as const) {
    context.beginPath()
    for (let x = left; x <= right; x += 1) line([x, top], [x, bottom], shift)
    for (let y = top; y <= bottom; y += 1) line([left, y], [right, y], shift)
    context.strokeStyle = `rgba(${level}, ${level}, ${level}, ${OPACITY * strength})`
    context.stroke()
  }
}

/** The borders of pixels within a stretch of the image along one axis. */
function span(start: number, length: number, total: number): [first: number, last: number] {
  return [Math.max(0, Math.floor(start)), Math.min(total, Math.ceil(start + length))]
}
