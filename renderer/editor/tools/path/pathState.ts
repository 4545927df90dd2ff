import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Mark } from '../../store/editor.ts'

export type PathState =
  | { readonly name: 'idle' }
  | {
    readonly name: 'drawing'
    readonly points: readonly Point[]
    readonly cursor: Point
    /** Whether the pointer is over the first vertex, so that a click closes the polygon. */
    readonly closing: boolean
    /** Escape has taken a vertex back; the next one gives the whole path up. */
    readonly steppedBack: boolean
    readonly mark: Mark
    readonly labelClass: LabelClass
  }
export type PathDrawing = Extract<PathState, { name: 'drawing' }>

/** A kind of shape that is drawn vertex by vertex. */
export interface PathKind { readonly kind: 'polygon' | 'polyline'; readonly leastPoints: number }
