import type { LabelClass } from './labelSchema.ts'
import type { ShapeGeometry } from './shape.ts'

/** Whether a shape of this geometry may carry a class: its kind is one of the class's, and a skeleton has as many keypoints as the class defines. */
export function classAllows({ kinds, skeleton }: LabelClass, geometry: ShapeGeometry): boolean {
  if (!kinds.includes(geometry.kind)) return false
  return geometry.kind !== 'skeleton' || geometry.points.length === skeleton?.keypoints.length
}
