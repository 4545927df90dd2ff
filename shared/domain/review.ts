import { z } from 'zod'
import { InstantSchema, ReviewIdSchema, RevisionIdSchema, TaskIdSchema, UserIdSchema } from './ids.ts'

/** Why a result is not good enough, so that rejections can be counted; the comment says more. */
export const REVIEW_REASONS = ['missedObject', 'extraObject', 'wrongClass', 'inaccurateShape', 'wrongAttribute', 'wrongTag', 'other'] as const
export const ReviewReasonSchema = z.enum(REVIEW_REASONS)
export type ReviewReason = z.infer<typeof ReviewReasonSchema>

export const ReviewDecisionSchema = z.enum(['accepted', 'rejected'])
export type ReviewDecision = z.infer<typeof ReviewDecisionSchema>

/** A reviewer's decision on one revision. */
export const ReviewSchema = z.object({
  id: ReviewIdSchema,
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema,
  /** The revision that the reviewer corrected, where the decision is on their own correction of it. */
  corrects: RevisionIdSchema.optional(),
  reviewer: UserIdSchema,
  decision: ReviewDecisionSchema,
  reasons: z.array(ReviewReasonSchema).max(REVIEW_REASONS.length).default([]),
  comment: z.string().max(10_000).default(''),
  createdAt: InstantSchema,
})
export type Review = z.infer<typeof ReviewSchema>
