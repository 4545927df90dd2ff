import { z } from 'zod'
import { AssetIdSchema, DeviceIdSchema, InstantSchema, ProjectIdSchema, RevisionIdSchema, SchemaHashSchema, TaskIdSchema, UserIdSchema } from './ids.ts'

/** What the orchestrator last said of a task. */
export const TaskStateSchema = z.enum(['assigned', 'submitted', 'returned', 'accepted', 'released', 'cancelled'])
export type TaskState = z.infer<typeof TaskStateSchema>

/** The right to work on a task until `expiresAt` in server time; expiry stops new claims and never destroys work. */
export const LeaseSchema = z.object({ holder: UserIdSchema, device: DeviceIdSchema.optional(), expiresAt: InstantSchema })
export type Lease = z.infer<typeof LeaseSchema>

/** A piece of work: label one asset by one pinned version of a label schema. `priority`: greater is sooner. */
export const TaskSchema = z.object({
  id: TaskIdSchema,
  projectId: ProjectIdSchema,
  assetId: AssetIdSchema,
  schemaHash: SchemaHashSchema,
  state: TaskStateSchema,
  assignee: UserIdSchema.optional(),
  priority: z.int().min(-1000).max(1000).default(0),
  dueAt: InstantSchema.optional(),
  lease: LeaseSchema.optional(),
  /** Free metadata such as source, environment or model_error, by which people filter. */
  tags: z.record(z.string().max(100), z.string().max(500)).default({}),
  /** The newest revision that the orchestrator holds, the parent of the next one. */
  headRevision: RevisionIdSchema.optional(),
  /** Revisions beside the newest one: results of other devices or people that no later one grew from yet. */
  otherRevisions: z.array(RevisionIdSchema).max(100).default([]),
  /** Tasks of one group are the same work given to several people, to see how far they agree. Only those who may review are told of it. */
  replicaGroup: z.string().min(1).max(200).optional(),
})
export type Task = z.infer<typeof TaskSchema>

/**
 * Where a task stands for the person at this workstation, made of the orchestrator's state and the local work:
 * new, inProgress (a draft exists), queued (submitted here, no receipt yet), submitted (receipt held), refused (the
 * orchestrator would not take it), returned, accepted, released, cancelled; observed: another person's task, which this
 * one may review.
 */
export const TaskStandingSchema = z.enum([
  'new', 'inProgress', 'queued', 'submitted', 'refused', 'returned', 'accepted', 'released', 'cancelled', 'observed',
])
export type TaskStanding = z.infer<typeof TaskStandingSchema>

/** What keeps a task from being worked on, told in `code`; `detail` is for support and not translated. */
export const TaskProblemSchema = z.object({
  code: z.enum(['imageCorrupt', 'imageHashMismatch', 'imageTooLarge', 'imageUnsupported', 'imageMissing', 'schemaUnknown', 'schemaMissing', 'diskFull', 'notDownloaded']),
  detail: z.string(),
})
export type TaskProblem = z.infer<typeof TaskProblemSchema>
