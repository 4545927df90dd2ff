import { cameraMatrix } from '../../../../shared/geometry/camera.ts'
import type { Matrix } from '../../../../shared/geometry/camera.ts'
import type { Pose } from '../../held/pose.ts'
import { DETAIL_FROM, LEAST_SIZE, POINT_RADIUS } from '../levelOfDetail.ts'
import type { PictureRequest } from './messages.ts'

/** How shapes are drawn. Sizes in device pixels, `fillOpacity` from 0 to 1. */
export interface RasterStyle { readonly fillOpacity: number; readonly outlineWidth: number; readonly dotRadius: number; readonly detailFrom: number; readonly leastSize: number }

export function styleOf({ pose: { density }, fillOpacity, outlineWidth }: PictureRequest): RasterStyle {
  return { fillOpacity, outlineWidth: outlineWidth * density, dotRadius: POINT_RADIUS * density, detailFrom: DETAIL_FROM * density, leastSize: LEAST_SIZE * density }
}

/** The map from image pixels to those of a picture. */
export function inDevicePixels({ camera, density }: Pose): Matrix {
  const { a, b, c, d, e, f } = cameraMatrix(camera)
  return { a: a * density, b: b * density, c: c * density, d: d * density, e: e * density, f: f * density }
}

/** By how much the map makes things larger, whichever way they lie. */
export function scaleOf({ a, b, c, d }: Pick<Matrix, 'a' | 'b' | 'c' | 'd'>): number {
  return Math.sqrt(Math.abs(a * d - b * c))
}
