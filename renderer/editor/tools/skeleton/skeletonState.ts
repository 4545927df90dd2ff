import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { SkeletonDefinition } from '../../../../shared/domain/skeletonDefinition.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Keypoint } from '../../../../shared/geometry/skeleton.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Mark } from '../../store/editor.ts'

interface Begun { readonly mark: Mark; readonly labelClass: LabelClass; readonly definition: SkeletonDefinition }

export type SkeletonState =
  | { readonly name: 'idle' }
  | (Begun & { readonly name: 'pointing'; readonly start: PointerDown })
  /** Dragging out the box that the default layout is stretched over. */
  | (Begun & { readonly name: 'boxing'; readonly start: PointerDown })
  /** Placing keypoint after keypoint, in the order of the definition. */
  | (Begun & { readonly name: 'clicking'; readonly points: readonly Keypoint[]; readonly cursor: Point })
export type SkeletonClicking = Extract<SkeletonState, { name: 'clicking' }>
