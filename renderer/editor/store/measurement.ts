import type { PixelSize } from '../../../shared/domain/asset.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { angleTo, distance, subtractPoints } from '../../../shared/geometry/vector.ts'

/** A line laid over the image to measure it, in image pixels; no label. */
export interface Measurement { readonly from: Point; readonly to: Point }

/**
 * How long a line is in image pixels, and in micrometres where the size of a pixel is known, and its direction in degrees clockwise from the image's
 * x axis, in (-180, 180].
 */
export function measure({ from, to }: Measurement, pixelSize: PixelSize | undefined): { length: number; micrometres: number | undefined; degrees: number } {
  return {
    length: distance(from, to),
    micrometres: pixelSize && micrometresOf(subtractPoints(to, from), pixelSize),
    degrees: angleTo(from, to),
  }
}

/** How long a movement by `delta` image pixels is in micrometres. */
export function micrometresOf([dx, dy]: Point, pixelSize: PixelSize): number {
  return Math.hypot(dx * pixelSize.x, dy * pixelSize.y)
}
