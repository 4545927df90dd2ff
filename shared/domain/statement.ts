import { z } from 'zod'
import { assertNever } from './assertNever.ts'
import { CommentSchema } from './comment.ts'
import { InstantSchema, ServerKeyIdSchema, Sha256Schema, StatementIdSchema, TaskIdSchema } from './ids.ts'
import type { RevisionId, StatementId, TaskId, UserId } from './ids.ts'
import { ReviewSchema } from './review.ts'

/** What a person says of work: a decision on a revision, or a remark. It is sent as it was frozen, canonical JSON (RFC 8785), until its receipt is here. */
export const StatementSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('review'), record: ReviewSchema }),
  z.object({ kind: z.literal('comment'), record: CommentSchema }),
])
export type Statement = z.infer<typeof StatementSchema>

export const STATEMENT_RECEIPT_DOMAIN = 'fieldmark.statement-receipt/1'

/** The orchestrator's signed word that it holds a statement whose canonical JSON has this SHA-256; signed like a `Receipt`. */
export const StatementReceiptSchema = z.object({
  statementId: StatementIdSchema,
  taskId: TaskIdSchema,
  sha256: Sha256Schema,
  serverTime: InstantSchema,
  serverKeyId: ServerKeyIdSchema,
  signature: z.string(),
})
export type StatementReceipt = z.infer<typeof StatementReceiptSchema>

/** What every statement says, whatever it is about; `revisionId` is the revision without which it cannot be taken. */
export interface StatementFacts { id: StatementId; taskId: TaskId; by: UserId; revisionId: RevisionId | undefined }

export function statementFacts(statement: Statement): StatementFacts {
  switch (statement.kind) {
    case 'review': return { id: statement.record.id, taskId: statement.record.taskId, by: statement.record.reviewer, revisionId: statement.record.revisionId }
    case 'comment': return { id: statement.record.id, taskId: statement.record.taskId, by: statement.record.author, revisionId: undefined }
    default: return assertNever(statement, 'statement')
  }
}
