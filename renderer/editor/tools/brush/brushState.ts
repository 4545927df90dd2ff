import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Stroke } from '../../../../shared/geometry/stroke.ts'
import type { MaskShape } from '../../actions/maskActions.ts'
import type { BrushEffect } from '../../store/brushSettings.ts'
import type { Mark } from '../../store/editor.ts'

/** The mask that a stroke changes; a new one of a class where there is none yet. */
export type StrokeTarget = { readonly kind: 'mask'; readonly shape: MaskShape } | { readonly kind: 'new'; readonly labelClass: LabelClass }

export type BrushState =
  /** `last` is where the last stroke ended (image pixels). */
  | { readonly name: 'idle'; readonly last: Point | undefined }
  /** `target` is missing while an eraser has met no mask. */
  | { readonly name: 'painting'; readonly effect: BrushEffect; readonly stroke: Stroke; readonly target: StrokeTarget | undefined; readonly mark: Mark }
export type Painting = Extract<BrushState, { name: 'painting' }>
