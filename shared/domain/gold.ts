import { z } from 'zod'
import { ClassIdSchema, InstantSchema, RevisionIdSchema, ShapeIdSchema, TagIdSchema, TaskIdSchema, UserIdSchema } from './ids.ts'
import { ShapeGeometrySchema } from './shape.ts'

/** When the author of a result on a gold task learns its score: with the result, when the project's owner releases them, or not at all. Reviewers learn it at once. */
const GoldFeedbackSchema = z.enum(['atOnce', 'later', 'never'])

/** The right answer to a task. A shape counts as found from a similarity of `threshold` (IoU, for surfaces) on; 0 to 1. Only reviewers are told of it. */
export const GoldAnswerSchema = z.object({
  taskId: TaskIdSchema,
  shapes: z.array(z.object({ id: ShapeIdSchema, classId: ClassIdSchema, geometry: ShapeGeometrySchema })).max(100_000),
  tags: z.array(TagIdSchema).default([]),
  threshold: z.number().gt(0).max(1).default(0.5),
  feedback: GoldFeedbackSchema,
})
export type GoldAnswer = z.infer<typeof GoldAnswerSchema>

/**
 * How a result answers a gold task, without the answer. A shape in its place under another class counts in `wrongClass`, and not in `missed` and `extra`;
 * precision, recall and F1 take it for both.
 */
export const GoldScoreSchema = z.object({
  revisionId: RevisionIdSchema,
  taskId: TaskIdSchema,
  author: UserIdSchema,
  at: InstantSchema,
  threshold: z.number(),
  matched: z.int().nonnegative(),
  missed: z.int().nonnegative(),
  extra: z.int().nonnegative(),
  wrongClass: z.int().nonnegative(),
  precision: z.number().min(0).max(1),
  recall: z.number().min(0).max(1),
  f1: z.number().min(0).max(1),
  /** Of the matched shapes; left out where there are none. */
  meanSimilarity: z.number().min(0).max(1).optional(),
  missedTags: z.int().nonnegative(),
  extraTags: z.int().nonnegative(),
})
export type GoldScore = z.infer<typeof GoldScoreSchema>
