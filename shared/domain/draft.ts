import { z } from 'zod'
import { InstantSchema, PredictionIdSchema, ShapeIdSchema, TagIdSchema } from './ids.ts'
import { ShapeSchema } from './shape.ts'

/** The tags of the whole image; one record per task, with a fixed id. */
export const ImageTagsSchema = z.object({ type: z.literal('imageTags'), id: z.literal('image-tags'), tags: z.array(TagIdSchema) })
export type ImageTags = z.infer<typeof ImageTagsSchema>

/** The annotator's no to one predicted shape. That one was accepted follows from the provenance of shapes and is not kept twice. */
export const RejectionSchema = z.object({
  type: z.literal('rejection'),
  /** `rejection:<predicted shape id>` */
  id: z.string().startsWith('rejection:'),
  predictionId: PredictionIdSchema,
  predictedShapeId: ShapeIdSchema,
})
export type Rejection = z.infer<typeof RejectionSchema>

/** Everything that a draft of a task is made of: flat records, each with an id that is unique in the task. */
export const DraftRecordSchema = z.discriminatedUnion('type', [ShapeSchema, ImageTagsSchema, RejectionSchema])
export type DraftRecord = z.infer<typeof DraftRecordSchema>

/** A change of a draft that can be inverted and squashed; see `shared/diff`. `updated` holds [before, after]. */
export const DraftDiffSchema = z.object({
  added: z.record(z.string(), DraftRecordSchema),
  updated: z.record(z.string(), z.tuple([DraftRecordSchema, DraftRecordSchema])),
  removed: z.record(z.string(), DraftRecordSchema),
})
export type DraftDiff = z.infer<typeof DraftDiffSchema>

/** What the person did, as a key that the window translates ("Undo: draw rectangle"). */
export const EditNameSchema = z.enum([
  'addShape', 'addAssisted', 'moveShape', 'reshape', 'deleteShape', 'duplicateShape', 'relabel', 'setAttribute', 'setImageTags', 'reorder',
  'paintMask', 'eraseMask', 'fillMask',
  'acceptPrediction', 'rejectPrediction', 'acceptAllPredictions', 'rejectAllPredictions', 'restorePrediction',
  'joinShapes', 'subtractShapes', 'intersectShapes', 'cutByNeighbours', 'splitShape', 'cutHole', 'fillHoles', 'simplifyShape', 'smoothShape', 'import',
  'labelKeypoint', 'align', 'distribute', 'group', 'ungroup', 'cutShape', 'pasteShape', 'pastePrevious', 'convert',
  'takeVersion', 'mergeVersion', 'takeConsensus', 'restoreState',
])
export type EditName = z.infer<typeof EditNameSchema>

/**
 * One line of a task's edit journal. `edit` is new work; `undo` and `redo` name the line that they take back or bring
 * again and carry the diff that was applied, so replaying every diff in order gives the draft. `seq` counts from 1 in each task.
 */
export const JournalEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit'), seq: z.int().positive(), name: EditNameSchema, diff: DraftDiffSchema, at: InstantSchema }),
  z.object({ kind: z.literal('undo'), seq: z.int().positive(), target: z.int().positive(), diff: DraftDiffSchema, at: InstantSchema }),
  z.object({ kind: z.literal('redo'), seq: z.int().positive(), target: z.int().positive(), diff: DraftDiffSchema, at: InstantSchema }),
])
export type JournalEntry = z.infer<typeof JournalEntrySchema>
