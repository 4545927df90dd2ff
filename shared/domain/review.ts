import { z } from 'zod'
import { InstantSchema, ReviewIdSchema, RevisionIdSchema, TaskIdSchema, UserIdSchema } from './ids.ts'

/** A reviewer's decision on one revision. */
export const ReviewSchema = z.object({
  id: ReviewIdSchema,
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema,
  reviewer: UserIdSchema,
  decision: z.enum(['accepted', 'rejected']),
  comment: z.string().max(10_000).default(''),
  createdAt: InstantSchema,
})
export type Review = z.infer<typeof ReviewSchema>
