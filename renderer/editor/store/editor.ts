import type { StoreApi } from 'zustand/vanilla'
import type { PixelSize } from '../../../shared/domain/asset.ts'
import type { DraftDiff, DraftRecord, EditName } from '../../../shared/domain/draft.ts'
import type { Authorship } from '../../../shared/domain/draftOperations.ts'
import type { AttributeId, ClassId, Instant, ShapeId, UserId } from '../../../shared/domain/ids.ts'
import type { LabelClass, LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { HistoryStart, JournalLine } from '../history/history.ts'
import type { InputEvent } from '../input/inputEvent.ts'
import type { Assistance, Assistant } from './assistance.ts'
import type { Clipboard } from './clipboard.ts'
import type { EditorState, MessageKey, ToolId } from './state.ts'
import type { SpatialIndex } from './spatialIndex.ts'
import type { SurfaceWorker, Workshop } from './surfaceWork.ts'

/** A task as it was opened. */
export interface OpenDraft extends HistoryStart {
  readonly records: readonly DraftRecord[]
  readonly predictions: readonly Prediction[]
  readonly schema: LabelSchema
  readonly imageSize: Size
  /** What a pixel covers of the world, where it is known. */
  readonly pixelSize?: PixelSize | undefined
  readonly user: UserId
  readonly readOnly: boolean
  /** Predictions below this confidence (0 to 1) are not proposed. */
  readonly threshold: number
  /** The class that was in hand before; the first one where the schema does not have it. */
  readonly activeClassId?: ClassId | undefined
}

/** `clipboard` outlives the task; without one the task has its own. */
export interface EditorOptions {
  readonly open: OpenDraft
  readonly now: () => Instant
  readonly newId: () => ShapeId
  readonly assistant?: Assistant
  readonly clipboard?: Clipboard
  readonly workshop?: Workshop
}

/** A moment of the history to which a gesture can fall back. */
export interface Mark { readonly depth: number; readonly selection: ReadonlySet<ShapeId> }

/** The part of the state that anybody may set; the rest follows from commits and gestures. */
export type ViewPatch = Partial<Omit<EditorState, 'records' | 'shapes' | 'pending' | 'history' | 'journalSeq' | 'savedSeq' | 'tool' | 'lastDrawingTool' | 'toolState' | 'cursor' | 'message' | 'problems' | 'wantedField' | 'assistReadiness' | 'assistBusy' | 'isWorking'>>

/** One open task under edit. Input and commands come in; journal lines and state go out. */
export interface Editor extends Pick<Assistance, 'ask' | 'stopAsking'>, SurfaceWorker {
  readonly state: StoreApi<EditorState>
  readonly schema: LabelSchema
  readonly classes: ReadonlyMap<ClassId, LabelClass>
  readonly predictions: readonly Prediction[]
  readonly imageSize: Size
  /** What a pixel covers of the world, where it is known. */
  readonly pixelSize: PixelSize | undefined
  readonly readOnly: boolean
  readonly clipboard: Clipboard
  /** Shapes, and pending or decided predictions, by place. */
  readonly shapeIndex: SpatialIndex
  readonly predictionIndex: SpatialIndex

  /** Offers an event to navigation and the tool in use; false when neither wanted it. */
  dispatch(event: InputEvent): boolean
  /** Runs a command by its id (see `commands/`); false when it is unknown or cannot run now. */
  execute(commandId: string): boolean
  setTool(tool: ToolId): void
  /** Applies a diff as one undoable edit and emits its journal line; false when nothing changes or the task is read-only. */
  commit(name: EditName, diff: DraftDiff): boolean
  /** Shows other records, with these shapes selected: no edit, so there is nothing to undo or to store. For looking at states of a draft, not for working on one. */
  show(diff: DraftDiff, selection: ReadonlySet<ShapeId>): void
  undo(): boolean
  redo(): boolean
  mark(): Mark
  /** Drops the preview, takes back what was committed since `mark`, and selects what was selected then. */
  bail(mark: Mark): void
  update(patch: ViewPatch): void
  /** Sets the camera, kept so that the image stays in sight. */
  look(camera: Camera): void
  tell(key: MessageKey, params?: Readonly<Record<string, string>>): void
  /** Asks the window to give the field of an attribute the keyboard. */
  askFor(attribute: AttributeId): void
  /** Checks up to `most` shapes more of those that were there from the start; true when all are checked. */
  checkMore(most: number): boolean
  authorship(): Authorship
  /** Called with every journal line and the number that the engine will give it, in order. Answers how to stop listening. */
  onCommit(listener: (line: JournalLine, seq: number) => void): () => void
  /** The engine has stored all lines up to `seq`. */
  acknowledge(seq: number): void
}
