import { z } from 'zod'
import { DeviceIdSchema, InstantSchema, RevisionIdSchema, SchemaHashSchema, Sha256Schema, TaskIdSchema, UserIdSchema } from './ids.ts'

/**
 * What the orchestrator tells of a revision that it holds, to people who may see the results of others. The bytes are in storage under its id, and its
 * edit journal under `journalSha256` (see `journalObjectKey`) once it arrived there.
 */
export const RevisionRecordSchema = z.object({
  id: RevisionIdSchema,
  taskId: TaskIdSchema,
  author: UserIdSchema,
  device: DeviceIdSchema,
  schemaHash: SchemaHashSchema,
  parents: z.array(RevisionIdSchema).max(100),
  receivedAt: InstantSchema,
  late: z.boolean(),
  journalSha256: Sha256Schema,
  /** Lines of the journal behind it. */
  journalLength: z.int().nonnegative(),
})
export type RevisionRecord = z.infer<typeof RevisionRecordSchema>
