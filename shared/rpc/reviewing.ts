import { z } from 'zod'
import { CommentActSchema, CommentSchema } from '../domain/comment.ts'
import { GoldScoreSchema } from '../domain/gold.ts'
import { ClassIdSchema, CommentIdSchema, DeviceIdSchema, InstantSchema, ProjectIdSchema, RevisionIdSchema, Sha256Schema, TaskIdSchema, UserIdSchema } from '../domain/ids.ts'
import { ReviewDecisionSchema, ReviewReasonSchema, ReviewSchema } from '../domain/review.ts'
import { SamplingSchema } from '../domain/sampling.ts'
import { ViolationSchema } from '../domain/validateDraft.ts'
import { PrefetchStateSchema } from './taskRows.ts'

/** Which results a reviewer wants to see. */
export const ReviewFilterSchema = z.object({
  /** Those that wait for a decision, those that have one, or both. */
  decided: z.enum(['open', 'decided', 'all']).default('open'),
  projectId: ProjectIdSchema.optional(),
  annotator: UserIdSchema.optional(),
  /** Results with at least one shape of this class. */
  classId: ClassIdSchema.optional(),
  /** Results that came at least so many hours ago. */
  minAgeHours: z.number().min(0).max(100_000).optional(),
  /** Results with a shape of a model that was at most so sure, from 0 to 1. */
  maxConfidence: z.number().min(0).max(1).optional(),
  /** Results that agree with those of others on the same image at most so far: the F1 of their shapes, from 0 to 1. */
  maxAgreement: z.number().min(0).max(1).optional(),
})
export type ReviewFilter = z.infer<typeof ReviewFilterSchema>

export const ReviewQuerySchema = z.object({ filter: ReviewFilterSchema.prefault({}), sampling: SamplingSchema.default({ kind: 'all' }) })
export type ReviewQuery = z.infer<typeof ReviewQuerySchema>

/** A result in the review queue, oldest first. */
export const ReviewRowSchema = z.object({
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema,
  name: z.string(),
  imageSha256: Sha256Schema.optional(),
  projectId: ProjectIdSchema,
  author: UserIdSchema,
  receivedAt: InstantSchema,
  late: z.boolean(),
  prefetch: PrefetchStateSchema,
  /** The result itself is here; what is derived of it is missing otherwise. */
  isHere: z.boolean(),
  shapes: z.int().optional(),
  minConfidence: z.number().optional(),
  decision: ReviewDecisionSchema.optional(),
  openThreads: z.int(),
  /** How far all who labelled the image agree: the F1 of their shapes, from 0 to 1. Missing where nobody else did. */
  agreement: z.number().optional(),
})
export type ReviewRow = z.infer<typeof ReviewRowSchema>

/** What the review queue can be narrowed by. `total` counts what waits for a decision. */
export const ReviewFacetsSchema = z.object({
  total: z.int(),
  annotators: z.array(z.object({ id: UserIdSchema, waiting: z.int(), reviewed: z.int(), rejected: z.int() })),
  classes: z.array(z.object({ id: ClassIdSchema, name: z.string(), results: z.int() })),
})
export type ReviewFacets = z.infer<typeof ReviewFacetsSchema>

/** One result of a task in its story. `isHere`: its bytes are in this workspace; `hasJournal`: its edit history too. */
export const StoryRevisionSchema = z.object({
  id: RevisionIdSchema,
  parents: z.array(RevisionIdSchema),
  author: UserIdSchema,
  device: DeviceIdSchema,
  at: InstantSchema,
  late: z.boolean(),
  isHere: z.boolean(),
  hasJournal: z.boolean(),
  journalLength: z.int(),
  shapes: z.int().optional(),
  timeOnTaskMs: z.number().optional(),
})
export type StoryRevision = z.infer<typeof StoryRevisionSchema>

/** Everything that was done and said about a task: its results, oldest first, the decisions on them and the comments; on a gold task whose answer is here also the scores. */
export const TaskStorySchema = z.object({
  revisions: z.array(StoryRevisionSchema), reviews: z.array(ReviewSchema), comments: z.array(CommentSchema), goldScores: z.array(GoldScoreSchema).optional(),
})
export type TaskStory = z.infer<typeof TaskStorySchema>

/** A decision on a result. */
export const DecisionRequestSchema = z.object({
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema,
  decision: ReviewDecisionSchema,
  reasons: z.array(ReviewReasonSchema).default([]),
  comment: z.string().max(10_000).default(''),
})
export type DecisionRequest = z.infer<typeof DecisionRequestSchema>

/** What came of accepting a correction: done, or the draft breaks its label schema and stays a draft. */
export const CorrectionResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), review: ReviewSchema }),
  z.object({ kind: z.literal('invalid'), violations: z.array(ViolationSchema) }),
])
export type CorrectionResult = z.infer<typeof CorrectionResultSchema>

/** A remark on a task; `threadId` names the thread of all but the first. */
export const CommentRequestSchema = z.object({ taskId: TaskIdSchema, revisionId: RevisionIdSchema.optional(), threadId: CommentIdSchema.optional(), act: CommentActSchema })
export type CommentRequest = z.infer<typeof CommentRequestSchema>
