import type { AssistFailure } from '../../../shared/domain/assist.ts'
import type { Display } from '../../../shared/domain/display.ts'
import type { ProposedShape } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { AttributeId, ClassId, ShapeId } from '../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { Box, Size } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { ResizeHandle } from '../../../shared/geometry/handles.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Stroke } from '../../../shared/geometry/stroke.ts'
import type { VertexRef } from '../../../shared/geometry/vertices.ts'
import type { HistorySummary } from '../history/history.ts'
import type { BrushEffect, BrushSettings } from './brushSettings.ts'
import type { Problems } from './problems.ts'
import type { RecordMap } from './recordMap.ts'
import type { Adjustments } from './adjustments.ts'
import type { Measurement } from './measurement.ts'

export const TOOL_IDS = [
  'select', 'rectangle', 'rotatedRectangle', 'polygon', 'polyline', 'point', 'ellipse', 'brush', 'eraser', 'fill', 'skeleton', 'hole', 'knife', 'redraw',
  'magicWand', 'grabCut', 'scissors', 'segmentAnything', 'ruler',
] as const
export type ToolId = (typeof TOOL_IDS)[number]

/** CSS cursor names: each tells what a click will do. */
export type Cursor =
  | 'default' | 'pointer' | 'move' | 'crosshair' | 'grab' | 'grabbing' | 'copy' | 'not-allowed' | 'alias' | 'cell' | 'none'
  | 'ew-resize' | 'ns-resize' | 'nesw-resize' | 'nwse-resize'

/** What lies under the pointer, and so what a gesture there would take hold of. */
export type Target =
  | { readonly kind: 'canvas' }
  | { readonly kind: 'shape'; readonly id: ShapeId }
  | { readonly kind: 'prediction'; readonly id: ShapeId }
  | { readonly kind: 'resizeHandle'; readonly id: ShapeId; readonly handle: ResizeHandle }
  | { readonly kind: 'rotationHandle'; readonly id: ShapeId }
  | { readonly kind: 'vertex'; readonly id: ShapeId; readonly ref: VertexRef }
  /** An edge of the selected shape: pressing puts a vertex in at `point`, or takes hold of the whole edge. */
  | { readonly kind: 'edge'; readonly id: ShapeId; readonly after: VertexRef; readonly point: Point; readonly grip: 'insert' | 'drag' }

export type MagnetKind = 'vertex' | 'edge'

/**
 * A path under way: its vertices, the places between the last one and the pointer, and what the pointer is drawn to. `closing` when a click would
 * close it; a path that is of no class cuts.
 */
export interface PathPreview {
  readonly kind: 'path'
  readonly classId: ClassId | undefined
  readonly points: readonly Point[]
  readonly tail: readonly Point[]
  readonly cursor: Point
  readonly closed: boolean
  readonly closing: boolean
  readonly magnet: MagnetKind | undefined
}

/** What a gesture of several clicks waits for; `key` is translated by the window. */
export interface GestureHint { readonly key: HintKey; readonly params: Readonly<Record<string, string>> }
export type HintKey = 'editor.hint.extremes' | 'editor.hint.side' | 'editor.hint.width' | 'editor.hint.keypoint'

/** What a gesture shows before it is done; nothing of it is kept. */
export type Preview =
  /** `dots` are the places clicked so far. */
  | { readonly kind: 'drawing'; readonly classId: ClassId; readonly geometry: ShapeGeometry; readonly dots?: readonly Point[]; readonly hint?: GestureHint }
  | PathPreview
  /** A border to which the pointer is drawn before anything is drawn. */
  | { readonly kind: 'magnet'; readonly at: MagnetKind; readonly point: Point }
  | { readonly kind: 'changing'; readonly geometries: ReadonlyMap<ShapeId, ShapeGeometry> }
  | { readonly kind: 'marquee'; readonly box: Box }
  /** A stroke that grows in place, `dabs` long by now; `target` is the mask that it changes. */
  | { readonly kind: 'stroke'; readonly effect: BrushEffect; readonly stroke: Stroke; readonly dabs: number; readonly target: ShapeId | undefined; readonly classId: ClassId }
  | { readonly kind: 'lasso'; readonly points: readonly Point[] }
  | ({ readonly kind: 'proposal'; readonly classId: ClassId } & ShownProposal)
  /** A way along edges under way: its anchors, all of it that is fixed, and what follows the pointer. */
  | { readonly kind: 'liveWire'; readonly classId: ClassId; readonly anchors: readonly Point[]; readonly fixed: readonly Point[]; readonly live: readonly Point[]; readonly closing: boolean }

/** What a tool proposes, as polygons with their holes, and what the person pointed at; a mark without a `radius` (image pixels) is a dot. */
export interface ShownProposal {
  readonly parts: readonly (readonly (readonly Point[])[])[]
  readonly marks: readonly { readonly points: readonly Point[]; readonly radius: number | undefined; readonly subtract: boolean }[]
  readonly box: Box | undefined
}

/** Whether the assisted tool in hand can be used. */
export type AssistReadiness = { readonly kind: 'preparing' } | { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly reason: AssistFailure }

/** Something to tell the person; `key` is translated by the window, `id` tells two equal messages apart. */
export interface EditorMessage { readonly id: number; readonly key: MessageKey; readonly params: Readonly<Record<string, string>> }
export type MessageKey = 'editor.message.classSwitched' | 'editor.message.noClassForTool' | 'editor.message.kindNotAllowed' | 'editor.message.readOnly' | 'editor.message.locked' | 'editor.message.nothingFound' | 'editor.message.assistFailed' | 'editor.message.noTaskLeft'
  | 'editor.message.noProblem' | 'editor.message.noneUnsure'
  | 'editor.message.selectArea' | 'editor.message.selectAreas' | 'editor.message.nothingOverlaps' | 'editor.message.nothingLeft' | 'editor.message.holeOutside'
  | 'editor.message.lineCutsNothing' | 'editor.message.selectPolygon' | 'editor.message.startOnOutline' | 'editor.message.endOnOutline'
  | 'editor.message.lastKeypoint' | 'editor.message.nothingToFill'
  | 'editor.message.vertexNeeded'
  | 'editor.message.noShapesCopied'
  | 'editor.message.changedMeanwhile' | 'editor.message.workFailed'
  | 'editor.message.copied' | 'editor.message.classRefused' | 'editor.message.nothingToTake'

/** All that the window shows of the task being edited. Records change by commits alone; the rest is view state and never stored. */
export interface EditorState {
  readonly records: RecordMap
  /** The shapes from the bottom of the stack to its top. */
  readonly shapes: readonly Shape[]
  /** Predicted shapes above the threshold that wait for a decision. */
  readonly pending: readonly ProposedShape[]
  /** Shapes that are no more, to be seen all the same: what an edit that is looked at took away. */
  readonly removed: readonly Shape[]
  readonly selection: ReadonlySet<ShapeId>
  /** The vertex that was taken hold of last, and the others that were picked with it. */
  readonly activeVertex: { readonly shapeId: ShapeId; readonly ref: VertexRef; readonly others: readonly VertexRef[] } | undefined
  readonly selectedPrediction: ShapeId | undefined
  readonly hover: Target
  /** Where the pointer is, in image pixels. */
  readonly pointer: Point | undefined
  readonly activeClassId: ClassId
  readonly tool: ToolId
  /** The tool other than select that was in hand last. */
  readonly lastDrawingTool: ToolId | undefined
  /** The name of the tool's state, `idle` when no gesture is under way. */
  readonly toolState: string
  readonly cursor: Cursor
  readonly camera: Camera
  /** The size of the view in CSS pixels. */
  readonly viewSize: Size
  readonly hidden: ReadonlySet<ShapeId>
  readonly allHidden: boolean
  /** Set while only some shapes are shown, with what was hidden before that. */
  readonly isolated: { readonly hiddenBefore: ReadonlySet<ShapeId> } | undefined
  readonly locked: ReadonlySet<ShapeId>
  /** Predictions below this confidence (0 to 1) are not proposed. */
  readonly threshold: number
  readonly display: Display
  /** Drawing snaps to the shapes around and to the image's edges, and follows their borders. */
  readonly magnetic: boolean
  readonly brush: BrushSettings
  readonly adjustments: Adjustments
  /** False while the image is shown in its own colours, whatever the adjustments. */
  readonly adjusted: boolean
  /** Whether a magnifier follows the pointer. */
  readonly loupe: boolean
  readonly measurement: Measurement | undefined
  readonly preview: Preview | undefined
  readonly assistReadiness: AssistReadiness
  /** An assisted tool is looking at the image. */
  readonly assistBusy: boolean
  /** Work on surfaces is under way on another thread. */
  readonly isWorking: boolean
  /** By how much a colour may differ from that under the wand, 0 to 255 in each channel. */
  readonly wandTolerance: number
  readonly history: HistorySummary
  /** The number of the last journal line emitted, and of the last that the engine stored. */
  readonly journalSeq: number
  readonly savedSeq: number
  readonly message: EditorMessage | undefined
  /** What is wrong with shapes, as far as they have been checked. */
  readonly problems: Problems
  /** The attribute whose field is to get the keyboard; another object each time that it is asked for. */
  readonly wantedField: { readonly attribute: AttributeId } | undefined
}
