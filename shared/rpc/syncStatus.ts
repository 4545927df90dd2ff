import { z } from 'zod'
import { AssetIdSchema, InstantSchema, RevisionIdSchema, StatementIdSchema, SubmissionIdSchema, TaskIdSchema } from '../domain/ids.ts'

/**
 * `synced` is said only when the outbox is empty, no dead letter is left, every audit entry has its receipt and every edit
 * history is in storage; `viewOnly`, `diskFull` and `notSaving` when the database cannot be written, whatever else may be said.
 */
export const SyncPhaseSchema = z.enum(['viewOnly', 'diskFull', 'notSaving', 'synced', 'waiting', 'syncing', 'offline', 'workOffline', 'unauthorized', 'attention', 'local'])
export type SyncPhase = z.infer<typeof SyncPhaseSchema>

export const SyncNoteSchema = z.object({ at: InstantSchema, kind: z.string(), message: z.string() })

export type SyncNote = z.infer<typeof SyncNoteSchema>

export const SyncStatusSchema = z.object({
  phase: SyncPhaseSchema,
  workOffline: z.boolean(),
  outbox: z.object({ waiting: z.int().nonnegative(), dead: z.int().nonnegative() }),
  auditBacklog: z.int().nonnegative(),
  /** Edit histories of submissions that are not in storage yet. */
  journalBacklog: z.int().nonnegative(),
  prefetch: z.object({
    running: z.boolean(), done: z.int(), total: z.int(), receivedBytes: z.number(), usedBytes: z.number(), budgetBytes: z.number(),
    /** Images are got for so many days ahead of all others. */
    goalDays: z.int().optional(),
    /** Images wait until somebody asks for them, because the link is metered. */
    waitsForMetered: z.boolean().optional(),
  }),
  lastSyncAt: InstantSchema.optional(),
  nextAttemptAt: InstantSchema.optional(),
  lastError: SyncNoteSchema.optional(),
})
export type SyncStatus = z.infer<typeof SyncStatusSchema>

export const OutboxRowSchema = z.object({
  submissionId: SubmissionIdSchema,
  taskId: TaskIdSchema,
  name: z.string(),
  revisionId: RevisionIdSchema,
  /** `replaced`: refused, and a later submission of the task took its place. */
  state: z.enum(['waiting', 'dead', 'replaced']),
  blobStored: z.boolean(),
  attempts: z.int().nonnegative(),
  createdAt: InstantSchema,
  nextAttemptAt: InstantSchema.optional(),
  error: SyncNoteSchema.optional(),
})
export type OutboxRow = z.infer<typeof OutboxRowSchema>

/** A review or comment that has no receipt yet. */
export const StatementRowSchema = z.object({
  id: StatementIdSchema,
  taskId: TaskIdSchema,
  name: z.string(),
  kind: z.enum(['review', 'comment']),
  state: z.enum(['waiting', 'dead']),
  attempts: z.int().nonnegative(),
  createdAt: InstantSchema,
  nextAttemptAt: InstantSchema.optional(),
  error: SyncNoteSchema.optional(),
})
export type StatementRow = z.infer<typeof StatementRowSchema>

export const ReceiptRowSchema = z.object({
  submissionId: SubmissionIdSchema, taskId: TaskIdSchema, name: z.string(), sha256: z.string(), late: z.boolean(), serverTime: InstantSchema,
})
export type ReceiptRow = z.infer<typeof ReceiptRowSchema>

/** A transfer under way; bytes. */
export const TransferSchema = z.object({
  id: z.string(), direction: z.enum(['up', 'down']), name: z.string(), assetId: AssetIdSchema.optional(),
  doneBytes: z.number().nonnegative(), totalBytes: z.number().nonnegative(),
})
export type Transfer = z.infer<typeof TransferSchema>
