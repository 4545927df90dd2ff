import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Mark } from '../../store/editor.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'

export type BoxState =
  | { readonly name: 'idle' }
  | { readonly name: 'pointing'; readonly start: PointerDown; readonly mark: Mark; readonly labelClass: LabelClass }
  | { readonly name: 'drawing'; readonly start: PointerDown; readonly mark: Mark; readonly labelClass: LabelClass; readonly box: Box }

/** A kind of shape that is drawn by dragging out a box (image pixels). */
export interface BoxKind { readonly kind: ShapeGeometry['kind']; readonly fromBox: (box: Box) => ShapeGeometry }
