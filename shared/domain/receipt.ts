import { z } from 'zod'
import { InstantSchema, RevisionIdSchema, ServerKeyIdSchema, Sha256Schema, SubmissionIdSchema, TaskIdSchema } from './ids.ts'

/** The bytes of a server's signed statement are `domain + "\n" + canonical JSON` of the record without `signature` (Ed25519, base64). */
export const RECEIPT_DOMAIN = 'fieldmark.receipt/1'
export const AUDIT_RECEIPT_DOMAIN = 'fieldmark.audit-receipt/1'

/** The orchestrator's signed word that it holds a submission with this hash. `seq` counts submissions on the server. */
export const ReceiptSchema = z.object({
  submissionId: SubmissionIdSchema,
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema,
  sha256: Sha256Schema,
  /** Set when the task was no longer this person's: the work is kept and goes to review. */
  late: z.boolean().default(false),
  seq: z.int().positive(),
  serverTime: InstantSchema,
  serverKeyId: ServerKeyIdSchema,
  signature: z.string(),
})
export type Receipt = z.infer<typeof ReceiptSchema>
