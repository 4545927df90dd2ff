import { z } from 'zod'
import { DraftRecordSchema, EditNameSchema } from '../domain/draft.ts'
import { InstantSchema, RevisionIdSchema, TaskIdSchema } from '../domain/ids.ts'
import { ShapeSchema } from '../domain/shape.ts'

/** Whose edits are replayed: those made in this workspace, or those behind a result that was made elsewhere. */
const TimelineSourceSchema = z.discriminatedUnion('kind', [z.object({ kind: z.literal('own') }), z.object({ kind: z.literal('revision'), revisionId: RevisionIdSchema })])

/** The edit journal of a task, as it is asked about. */
export const TimelineRefSchema = z.object({ taskId: TaskIdSchema, source: TimelineSourceSchema })
export type TimelineRef = z.infer<typeof TimelineRefSchema>

/** A journal of a task that is here: whose it is, how many lines it has and, of a result from elsewhere, when that was made. */
export const TimelineChoiceSchema = z.object({ source: TimelineSourceSchema, author: z.string(), device: z.string(), total: z.int().nonnegative(), createdAt: InstantSchema.optional() })
export type TimelineChoice = z.infer<typeof TimelineChoiceSchema>

/**
 * One line of a journal: what was done (of undo and redo: what was taken back or brought again), how many shapes it added, changed and removed, and the
 * time: the pause before it, and since the first line all time and the active part of it, in milliseconds.
 */
export const TimelineStepSchema = z.object({
  seq: z.int().positive(), kind: z.enum(['edit', 'undo', 'redo']), name: EditNameSchema, at: InstantSchema,
  added: z.int(), changed: z.int(), removed: z.int(), pauseMs: z.number(), elapsedMs: z.number(), activeMs: z.number(),
})
export type TimelineStep = z.infer<typeof TimelineStepSchema>

/** Something that happened to the task when its journal had reached `position`. */
export const TimelineMarkSchema = z.object({
  kind: z.enum(['submitted', 'skipped', 'accepted', 'rejected']), position: z.int().nonnegative(), at: InstantSchema, by: z.string(), revisionId: RevisionIdSchema,
})
export type TimelineMark = z.infer<typeof TimelineMarkSchema>

/** A journal that is ready to be asked about. `total` is its last line; `restorable` whether a state of it may become the draft here. */
export const TimelineSchema = z.object({
  total: z.int().nonnegative(), author: z.string(), device: z.string(), marks: z.array(TimelineMarkSchema), restorable: z.boolean(),
})
export type TimelineFacts = z.infer<typeof TimelineSchema>

/**
 * The state after the line `position`, as what changed since the state that the window has: records that are new or different, and the ids of those that
 * are gone. `touched` is what the line itself added or changed, `removed` the shapes that it took away.
 */
export const TimelineStateSchema = z.object({
  position: z.int().nonnegative(), set: z.array(DraftRecordSchema), gone: z.array(z.string()), touched: z.array(z.string()), removed: z.array(ShapeSchema),
  step: TimelineStepSchema.optional(),
})
export type TimelineState = z.infer<typeof TimelineStateSchema>
