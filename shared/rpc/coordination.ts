import { z } from 'zod'
import { DeviceIdSchema, InstantSchema, PredictionIdSchema, RevisionIdSchema, SchemaHashSchema, SubmissionIdSchema, TaskIdSchema, UserIdSchema } from '../domain/ids.ts'
import { ReviewReasonSchema } from '../domain/review.ts'
import { TaskStateSchema } from '../domain/task.ts'
import { DifferencesSchema, VersionContentSchema } from './compare.ts'
import { SyncNoteSchema } from './syncStatus.ts'

/**
 * How a version from elsewhere relates to the work here: it grew from it and goes further (`newer`), there is none here (`elsewhere`), or both went their
 * own way (`conflict`).
 */
export const VersionRelationSchema = z.enum(['newer', 'elsewhere', 'conflict'])
export type VersionRelation = z.infer<typeof VersionRelationSchema>

/**
 * What happened that a person should know of, whether or not they were there: a task with work on it was cancelled, or went to somebody else; work came
 * late; the server went back in its history; this workstation goes on under another name; a project's label schema changed; records were refused; a
 * pull would take many tasks away and waits for a word; the unsent draft of the person before was laid aside; a result was held against a known answer;
 * the audit log of another device is not as that device wrote it.
 */
export const NoticeCodeSchema = z.enum(['taskCancelled', 'taskReleased', 'lateWork', 'serverRolledBack', 'deviceRenewed', 'schemaChanged', 'recordRefused', 'removalsHeld', 'draftLaidAside', 'goldScored', 'auditFault'])
export type NoticeCode = z.infer<typeof NoticeCodeSchema>
export const NoticeRowSchema = z.object({
  number: z.int().positive(), code: NoticeCodeSchema, taskId: TaskIdSchema.optional(), name: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number()])), at: InstantSchema,
})
export type NoticeRow = z.infer<typeof NoticeRowSchema>

/** What a person who has a task open should know of it beyond the task itself. */
export const TaskNoticeSchema = z.discriminatedUnion('kind', [
  /** The orchestrator will not take the newest result, for the reason in `error`. */
  z.object({ kind: z.literal('refused'), submissionId: SubmissionIdSchema, error: SyncNoteSchema }),
  /** A reviewer sent the newest result back, and why. */
  z.object({ kind: z.literal('returned'), reviewer: UserIdSchema, reasons: z.array(ReviewReasonSchema), comment: z.string(), at: InstantSchema }),
  /** The orchestrator holds a version that the work here did not grow from. */
  z.object({ kind: z.literal('otherVersion'), relation: VersionRelationSchema, author: UserIdSchema.optional(), createdAt: InstantSchema.optional() }),
  /** The task was cancelled or went to somebody else, and there is work on it here. `unsent`: not all of it is with the orchestrator. */
  z.object({ kind: z.literal('closed'), state: z.enum(['cancelled', 'released']), unsent: z.boolean() }),
  /** The newest result reached the orchestrator after the task was no longer this person's, and goes to review. */
  z.object({ kind: z.literal('late'), at: InstantSchema }),
  /** The project uses another version of the label schema by now; the task stays with its own. */
  z.object({ kind: z.literal('newerSchema'), pinned: SchemaHashSchema, current: SchemaHashSchema }),
  /** The person's newest result was held against a known answer: F1 in percent, and what was missed, too much, or of another class. */
  z.object({ kind: z.literal('goldScored'), percent: z.int(), missed: z.int(), extra: z.int(), wrongClass: z.int() }),
])
export type TaskNotice = z.infer<typeof TaskNoticeSchema>

/** What of an open task may change while it is open, by a pull or by a decision about versions. */
export const TaskFactsSchema = z.object({ state: TaskStateSchema, journalSeq: z.int().nonnegative(), schemaHash: SchemaHashSchema, predictions: z.array(PredictionIdSchema) })
export type TaskFacts = z.infer<typeof TaskFactsSchema>

/** The work here and one version from elsewhere, to be compared. `edited`: there are edits that were not submitted. */
export const VersionPairSchema = z.object({
  taskId: TaskIdSchema,
  relation: VersionRelationSchema,
  mine: VersionContentSchema.extend({ edited: z.boolean(), at: InstantSchema.optional() }),
  theirs: VersionContentSchema.extend({ revisionId: RevisionIdSchema, author: UserIdSchema, device: DeviceIdSchema, sameDevice: z.boolean(), createdAt: InstantSchema }),
  /** From mine to theirs. */
  differences: DifferencesSchema,
  /** Further versions that are not here yet, or come after this one. */
  further: z.int().nonnegative(),
})
export type VersionPair = z.infer<typeof VersionPairSchema>

/** A task with a version from elsewhere; `theirs` is missing while its bytes are not here. */
export const VersionRowSchema = z.object({
  taskId: TaskIdSchema,
  name: z.string(),
  relation: VersionRelationSchema,
  mine: z.object({ shapes: z.int(), edited: z.boolean(), at: InstantSchema.optional() }),
  theirs: z.object({ revisionId: RevisionIdSchema, author: UserIdSchema, shapes: z.int(), createdAt: InstantSchema }).optional(),
})
export type VersionRow = z.infer<typeof VersionRowSchema>

/** What a person does about another version: keep one of the two as the newest, or go on with all shapes of both. */
export const VersionChoiceSchema = z.enum(['mine', 'theirs', 'both'])
export type VersionChoice = z.infer<typeof VersionChoiceSchema>

/** What follows from a choice: the result was submitted, work goes on in the draft, or the draft is as the orchestrator has it. */
export const VersionOutcomeSchema = z.enum(['submitted', 'edit', 'upToDate'])

/**
 * What came of asking for the lease of a task: it is held `until` then by this computer's clock and to be renewed in `renewInMs` milliseconds, the
 * orchestrator does not give it, another device of the same person has it, it cannot be asked now, or the task wants none.
 */
export const LeaseAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('held'), until: InstantSchema, renewInMs: z.int().positive() }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
  z.object({ kind: z.literal('otherDevice') }),
  z.object({ kind: z.literal('unreachable') }),
  z.object({ kind: z.literal('notNeeded') }),
])
export type LeaseAnswer = z.infer<typeof LeaseAnswerSchema>
