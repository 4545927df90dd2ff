import type { LabelClass } from '../../../../../shared/domain/labelSchema.ts'
import type { Point } from '../../../../../shared/geometry/point.ts'
import type { Mark } from '../../../store/editor.ts'

/** The way from one anchor to the next; straight until the answer to question `id` says how it runs. */
export interface WireSegment { readonly id: number; readonly points: readonly Point[]; readonly found: boolean }

interface Wire { readonly mark: Mark; readonly labelClass: LabelClass; readonly anchors: readonly Point[]; readonly segments: readonly WireSegment[] }

export type WireState =
  | { readonly name: 'idle' }
  /** `live` is the way from the last anchor to the pointer; `since` the first question about it. */
  | (Wire & { readonly name: 'tracing'; readonly cursor: Point; readonly live: readonly Point[]; readonly since: number; readonly closing: boolean })
  /** Closed, but some ways are still being looked for. */
  | (Wire & { readonly name: 'finishing' })
export type WireTracing = Extract<WireState, { name: 'tracing' }>
export type WireFinishing = Extract<WireState, { name: 'finishing' }>
