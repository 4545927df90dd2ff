import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Editor, Mark } from '../../store/editor.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'

export type BoxState =
  | { readonly name: 'idle' }
  | { readonly name: 'pointing'; readonly start: PointerDown; readonly mark: Mark; readonly labelClass: LabelClass }
  | { readonly name: 'drawing'; readonly start: PointerDown; readonly mark: Mark; readonly labelClass: LabelClass; readonly box: Box }
  /** Clicking on the outermost places of the object, in any order. */
  | { readonly name: 'extremes'; readonly mark: Mark; readonly labelClass: LabelClass; readonly points: readonly Point[]; readonly cursor: Point }
  /** Clicking on the ends of one side (`to` once it is there), then as far away as the opposite side is. */
  | { readonly name: 'side'; readonly mark: Mark; readonly labelClass: LabelClass; readonly from: Point; readonly to: Point | undefined }
export type BoxPointing = Extract<BoxState, { name: 'pointing' }>
export type Extremes = Extract<BoxState, { name: 'extremes' }>
export type Side = Extract<BoxState, { name: 'side' }>

/** A kind of shape that is drawn by dragging out a box (image pixels); `byClicks` begins another way to draw it when a click comes instead of a drag. */
export interface BoxKind {
  readonly kind: ShapeGeometry['kind']
  readonly fromBox: (box: Box) => ShapeGeometry
  readonly byClicks?: (clicked: BoxPointing, editor: Editor) => BoxState
}
