import { z } from 'zod'
import { ImageTagsSchema, RejectionSchema } from './draft.ts'
import { AssetIdSchema, DeviceIdSchema, InstantSchema, ProjectIdSchema, RevisionIdSchema, SchemaHashSchema, Sha256Schema, TaskIdSchema, UserIdSchema } from './ids.ts'
import { ShapeSchema } from './shape.ts'

export const REVISION_FORMAT = 'fieldmark.revision/1'

/** How a task ended for the annotator: with labels, or passed over for a reason. */
export const OutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('labelled') }),
  z.object({ kind: z.literal('skipped'), reason: z.string().max(2_000) }),
])
export type Outcome = z.infer<typeof OutcomeSchema>

/**
 * A frozen result of work on a task. Its bytes are canonical JSON (RFC 8785) and its id is their SHA-256, so it can never
 * change. `parents` are the revisions it grew from; `timeOnTaskMs` is milliseconds of active work; `journalLength` the edits behind it.
 */
export const RevisionSchema = z.object({
  format: z.literal(REVISION_FORMAT),
  taskId: TaskIdSchema,
  projectId: ProjectIdSchema,
  assetId: AssetIdSchema,
  assetSha256: Sha256Schema,
  schemaHash: SchemaHashSchema,
  parents: z.array(RevisionIdSchema),
  author: UserIdSchema,
  device: DeviceIdSchema,
  createdAt: InstantSchema,
  timeOnTaskMs: z.number().nonnegative(),
  journalLength: z.int().nonnegative(),
  /** SHA-256 of the journal's lines in order, each as canonical JSON and a newline: it ties the edit history to the result. */
  journalSha256: Sha256Schema,
  outcome: OutcomeSchema,
  /** Sorted by `order`, then by id. */
  shapes: z.array(ShapeSchema),
  tags: ImageTagsSchema.shape.tags,
  rejections: z.array(RejectionSchema),
})
export type Revision = z.infer<typeof RevisionSchema>
