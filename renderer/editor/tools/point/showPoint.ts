import type { ClassId } from '../../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import type { Editor } from '../../store/editor.ts'

/** A point geometry on the image, as near to `point` (image pixels) as can be. */
export function pointOnImage(editor: Editor, point: Point): ShapeGeometry {
  const [x, y] = clampPoint(point, editor.imageSize)
  return { kind: 'point', x, y }
}

export function showPoint(editor: Editor, classId: ClassId, point: Point): void {
  editor.update({ preview: { kind: 'drawing', classId, geometry: pointOnImage(editor, point) } })
}
