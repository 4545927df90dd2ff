import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import type { Border, PathPlace } from '../../../../shared/geometry/borders.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Editor, Mark } from '../../store/editor.ts'
import type { Magnet } from '../magnet.ts'

/** What becomes of a path when it is done. */
export type PathPurpose =
  | { readonly kind: 'shape'; readonly labelClass: LabelClass }
  /** A line goes on from one of its ends; `backwards` when that is its first vertex. */
  | { readonly kind: 'continue'; readonly shape: Shape; readonly backwards: boolean }
  | { readonly kind: 'hole'; readonly shape: Shape }
  | { readonly kind: 'cut' }
  /** The path takes the place of a part of an outline, from `from` to where it comes back to it. */
  | { readonly kind: 'redraw'; readonly shape: Shape; readonly ring: number; readonly border: Border; readonly from: PathPlace }

interface PathUnderWay {
  readonly purpose: PathPurpose
  readonly points: readonly Point[]
  /** How many vertices there were before each step: a click, a trace or a followed border. */
  readonly steps: readonly number[]
  readonly cursor: Point
  /** The vertices between the last one and the pointer, along a border that is followed. */
  readonly tail: readonly Point[]
  /** What the pointer and the last vertex are drawn to. */
  readonly magnet: Magnet | undefined
  readonly lastMagnet: Magnet | undefined
  /** Whether a click at the pointer ends the path: on the first vertex, or back on the outline that is redrawn. */
  readonly closing: boolean
  /** Alt asks for the longer way round a border. */
  readonly longWay: boolean
  /** Escape has taken a step back; the next one gives the whole path up. */
  readonly steppedBack: boolean
  readonly mark: Mark
}

export type PathState =
  | { readonly name: 'idle' }
  /** `pressed` is where the button went down, in CSS pixels, while it is held. */
  | (PathUnderWay & { readonly name: 'drawing'; readonly pressed: Point | undefined })
  /** The path follows the pointer, freehand, as long as the button or Shift is held. */
  | (PathUnderWay & { readonly name: 'tracing'; readonly trace: readonly Point[]; readonly heldBy: 'button' | 'shift' })
export type PathDrawing = Extract<PathState, { name: 'drawing' }>
export type PathTracing = Extract<PathState, { name: 'tracing' }>

export interface PathStart { readonly purpose: PathPurpose; readonly points: readonly Point[]; readonly magnet: Magnet | undefined }

/** A tool that draws vertex by vertex. */
export interface PathKind {
  readonly closed: boolean
  readonly leastPoints: number
  /** What a press starts; undefined when nothing can start there, which the person has then been told. */
  begin(editor: Editor, event: PointerDown): PathStart | undefined
}
