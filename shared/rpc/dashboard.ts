import { z } from 'zod'
import { ClassIdSchema, InstantSchema, ProjectIdSchema, UserIdSchema } from '../domain/ids.ts'
import { ReviewReasonSchema } from '../domain/review.ts'
import { TaskStateSchema } from '../domain/task.ts'

/** Whose work, on what and when: from `from` on, before `to`. Days and weeks (from Monday) are those of this computer's time zone. */
export const DashboardFilterSchema = z.object({
  person: UserIdSchema.optional(),
  projectId: ProjectIdSchema.optional(),
  from: InstantSchema.optional(),
  to: InstantSchema.optional(),
  bucket: z.enum(['day', 'week']).default('day'),
})
export type DashboardFilter = z.infer<typeof DashboardFilterSchema>

/** Milliseconds: half of `count` times are at most `median`, nine in ten at most `p90`. */
const SpreadSchema = z.object({ median: z.number(), p90: z.number(), count: z.int() })
export type Spread = z.infer<typeof SpreadSchema>

/** Time of active work on a task as a whole, and that divided by its shapes; of the newest result of each person on each task. */
const times = { taskMs: SpreadSchema.optional(), shapeMs: SpreadSchema.optional() }
/** Decisions that fell, on results of the people in question; and how many of their results were held against known answers, with the mean F1 (0 to 1). */
const judged = { reviewed: z.int(), rejected: z.int(), gold: z.object({ scored: z.int(), f1: z.number() }).optional() }
/** Results handed in, the shapes that came with them, and the lines that were written into edit journals. */
const work = { results: z.int(), shapes: z.int(), edits: z.int() }

/** A day or a week, by its first day as `2026-05-01`. There is one for each from the first with work to the last. */
const BucketSchema = z.object({ start: z.iso.date(), ...work, ...times, ...judged })
export type DashboardBucket = z.infer<typeof BucketSchema>

const PersonSchema = z.object({ id: UserIdSchema, results: z.int(), shapes: z.int(), ...times, ...judged })
export type DashboardPerson = z.infer<typeof PersonSchema>

/** What became of predicted shapes with a confidence from `tenth / 10` on, up to the next tenth: taken as they were, taken and changed, rejected. */
const CalibrationSchema = z.object({ tenth: z.int().min(0).max(9), accepted: z.int(), edited: z.int(), rejected: z.int() })
export type Calibration = z.infer<typeof CalibrationSchema>

/** How the way to the orchestrator is, for what was made at this workstation. */
const SyncHealthSchema = z.object({
  waiting: z.int(), refused: z.int(), oldestAt: InstantSchema.optional(), received: z.int(),
  /** From a submission to its receipt. */
  receiptMs: SpreadSchema.optional(),
})

export const DashboardFiguresSchema = z.object({
  total: z.object({ ...work, ...times, ...judged }),
  buckets: z.array(BucketSchema),
  /** Shapes of the newest results by class, the most first. */
  classes: z.array(z.object({ id: ClassIdSchema, name: z.string(), shapes: z.int() })),
  /** Tasks by what the orchestrator says of them now, whatever the period; by `person` those that are theirs. */
  coverage: z.array(z.object({ state: TaskStateSchema, tasks: z.int() })),
  rejections: z.array(z.object({ reason: ReviewReasonSchema, count: z.int() })),
  calibration: z.array(CalibrationSchema),
  /** Images that several people labelled, by how far their newest results agree: F1 at IoU 0.5 from `tenth / 10` on, up to the next tenth. */
  agreement: z.array(z.object({ tenth: z.int().min(0).max(9), images: z.int(), f1: z.number() })),
  people: z.array(PersonSchema),
  sync: SyncHealthSchema,
  /** Everybody of whom there is a result, whatever the filter. */
  everybody: z.array(UserIdSchema),
})
export type DashboardFigures = z.infer<typeof DashboardFiguresSchema>

/** What can be written as a table of its own. */
export const FigureNameSchema = z.enum(['throughput', 'time', 'classes', 'coverage', 'record', 'rejections', 'calibration', 'agreement', 'people', 'sync'])
export type FigureName = z.infer<typeof FigureNameSchema>
