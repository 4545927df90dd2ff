import { z } from 'zod'
import { AssetSchema, PixelSizeSchema } from '../domain/asset.ts'
import { DraftDiffSchema, DraftRecordSchema, EditNameSchema } from '../domain/draft.ts'
import { InstantSchema, RevisionIdSchema, SubmissionIdSchema } from '../domain/ids.ts'
import { LabelSchemaSchema } from '../domain/labelSchema.ts'
import { PredictionSchema } from '../domain/prediction.ts'
import { TaskProblemSchema, TaskSchema, TaskStandingSchema } from '../domain/task.ts'
import { ViolationSchema } from '../domain/validateDraft.ts'
import { PrefetchStateSchema } from './taskRows.ts'

const imageSize = { width: z.int().positive(), height: z.int().positive(), pixelSize: PixelSizeSchema.optional() }

/**
 * Where the canvas finds pixels. `url` and tiles are served from the local cache by the `fieldmark-data:` protocol. For a pyramid, replace
 * {level}, {column} and {row}; level `maxLevel` is full resolution and each level below halves it; `tileSize` and `overlap` in pixels.
 * `pixelSize` is there when the physical size of the image is known; `present` while tiles are still being made or fetched, as the share of those that
 * are there (0 to 1): the levels that fit one tile always are.
 */
export const ImageSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), url: z.string(), ...imageSize }),
  z.object({
    kind: z.literal('pyramid'), urlTemplate: z.string(), ...imageSize,
    tileSize: z.int().positive(), overlap: z.int().nonnegative(), maxLevel: z.int().nonnegative(), present: z.number().min(0).max(1).optional(),
  }),
])
export type ImageSource = z.infer<typeof ImageSourceSchema>

/** An edit that can be undone or redone; `seq` is its line in the journal. */
export const HistoryEntrySchema = z.object({ seq: z.int().positive(), name: EditNameSchema, diff: DraftDiffSchema })
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>

/** What a task is made of, which may be large. `undo` and `redo` are stacks, newest last. */
const content = {
  predictions: z.array(PredictionSchema),
  records: z.array(DraftRecordSchema),
  undo: z.array(HistoryEntrySchema),
  redo: z.array(HistoryEntrySchema),
}
/** Where content goes on, and what share of it (0 to 1) has come by then; missing in the last part. */
const next = { next: z.object({ reading: z.int().positive(), share: z.number().min(0).max(1) }).optional() }
export type TaskContent = z.infer<z.ZodObject<typeof content>>
/** A part of a task's content; see `openWholeTask`. */
export const TaskContentPartSchema = z.object({ ...content, ...next })
export type TaskContentPart = z.infer<typeof TaskContentPartSchema>

/** All that the window needs to work on a task. */
export const OpenTaskSchema = z.object({
  task: TaskSchema,
  standing: TaskStandingSchema,
  asset: AssetSchema,
  schema: LabelSchemaSchema.optional(),
  ...content,
  journalSeq: z.int().nonnegative(),
  timeOnTaskMs: z.number().nonnegative(),
  prefetch: PrefetchStateSchema,
  image: ImageSourceSchema.optional(),
  problem: TaskProblemSchema.optional(),
})
export type OpenTask = z.infer<typeof OpenTaskSchema>
/** A task with the first part of its content, which is all of it for most tasks. */
export const OpenedTaskSchema = OpenTaskSchema.extend(next)
export type OpenedTask = z.infer<typeof OpenedTaskSchema>

/** What the window sends after an edit; the engine numbers, stamps, validates and stores it. */
export const JournalLineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit'), name: EditNameSchema, diff: DraftDiffSchema }),
  z.object({ kind: z.literal('undo'), target: z.int().positive(), diff: DraftDiffSchema }),
  z.object({ kind: z.literal('redo'), target: z.int().positive(), diff: DraftDiffSchema }),
])
export type JournalLine = z.infer<typeof JournalLineSchema>

/** The answer to submit: done, or the draft breaks its schema and stays a draft. */
export const SubmitResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('submitted'), submissionId: SubmissionIdSchema, revisionId: RevisionIdSchema, at: InstantSchema }),
  z.object({ kind: z.literal('invalid'), violations: z.array(ViolationSchema) }),
])
export type SubmitResult = z.infer<typeof SubmitResultSchema>
