import { isEmptyGeometry } from '../geometry/measure.ts'
import type { Size } from '../geometry/box.ts'
import { polygonArea } from '../geometry/polygon.ts'
import type { LabelledShape, LeftOutShape } from './labelledImage.ts'

/** Why a shape cannot be written on an image of `size`, whatever the format; undefined when it can. */
export function faultOf({ geometry }: LabelledShape, size: Size): LeftOutShape['reason'] | undefined {
  if (geometry.kind === 'multiPolygon') return geometry.parts.every((part) => polygonArea([part]) === 0) ? 'empty' : undefined
  if (geometry.kind === 'mask' && (geometry.rle.size[0] !== size.height || geometry.rle.size[1] !== size.width)) return 'damaged'
  try {
    return isEmptyGeometry(geometry) ? 'empty' : undefined
  } catch (error) {
    // Runs are read only where they are needed, so a damaged mask shows here.
    if (error instanceof RangeError) return 'damaged'
    throw error
  }
}
