import type { PixelSize } from '../../../shared/domain/asset.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { midpoint } from '../../../shared/geometry/vector.ts'
import { measure } from '../../editor/store/measurement.ts'
import type { Measurement } from '../../editor/store/measurement.ts'
import { lengthText } from '../aids/lengthText.ts'
import { drawLabel } from '../shapes/label.ts'
import type { CanvasTheme } from '../theme.ts'

/** Half the length of the strokes at the ends, in CSS pixels. */
const END = 6
const COLOR = '#ffd43b'

/** A measured line with its length, physical length where it is known, and angle. */
export function paintRuler(context: CanvasRenderingContext2D, measurement: Measurement, camera: Camera, pixelSize: PixelSize | undefined, theme: CanvasTheme): void {
  const [from, to] = [imageToScreen(camera, measurement.from), imageToScreen(camera, measurement.to)]
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const across: Point = [(-(to[1] - from[1]) / length) * END, ((to[0] - from[0]) / length) * END]
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(...to)
  for (const [x, y] of [from, to]) {
    context.moveTo(x - across[0], y - across[1])
    context.lineTo(x + across[0], y + across[1])
  }
  for (const [style, width] of [['rgba(0, 0, 0, 0.6)', 4], [COLOR, 1.5]] as const) {
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
  const [x, y] = midpoint(from, to)
  drawLabel(context, measurementText(measurement, pixelSize, document.documentElement.lang || 'en'), [x + 10, y - 6], COLOR, theme.labelFont)
}

/** A measurement in numbers, such as `124.3 px · 1.24 mm · 32.1°`. */
export function measurementText(measurement: Measurement, pixelSize: PixelSize | undefined, language: string): string {
  const { length, micrometres, degrees } = measure(measurement, pixelSize)
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const parts = [`${number.format(length)} px`, `${number.format(degrees)}°`]
  if (micrometres !== undefined) parts.splice(1, 0, lengthText(micrometres, language))
  return parts.join(' · ')
}
