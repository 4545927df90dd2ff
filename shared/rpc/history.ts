import { z } from 'zod'
import { AuditTypeSchema } from '../domain/auditEvent.ts'
import { InstantSchema, RevisionIdSchema, Sha256Schema } from '../domain/ids.ts'

export const RevisionRowSchema = z.object({
  id: RevisionIdSchema, parents: z.array(RevisionIdSchema), author: z.string(), device: z.string(), createdAt: InstantSchema,
  timeOnTaskMs: z.number(), journalLength: z.int(), outcome: z.enum(['labelled', 'skipped']), shapeCount: z.int(), receiptAt: InstantSchema.optional(),
})
export type RevisionRow = z.infer<typeof RevisionRowSchema>

export const AuditRowSchema = z.object({
  epoch: z.int(), seq: z.int(), type: AuditTypeSchema, wall: InstantSchema, actor: z.string().optional(), hash: Sha256Schema,
  details: z.record(z.string(), z.unknown()), acknowledged: z.boolean(),
})
export type AuditRow = z.infer<typeof AuditRowSchema>

/** A fault in the audit chain; `seq` is the first entry that shows it. */
export const AuditFaultSchema = z.object({
  kind: z.enum([
    'hashMismatch', 'payloadMismatch', 'brokenLink', 'gap', 'added', 'reordered', 'badSignature', 'cutTail', 'recomputed', 'badReceipt', 'badCheckpoint', 'forked',
    'cutFile', 'unreadable',
  ]),
  device: z.string(), epoch: z.int(), seq: z.int(), detail: z.string(),
})
export type AuditFault = z.infer<typeof AuditFaultSchema>

/** What was checked of an audit log, and what is wrong with it: the first faults, and how many there are. */
export const AuditFindingsSchema = z.object({
  entries: z.int(), epochs: z.int(), receipts: z.int(), acknowledged: z.int(), faults: z.array(AuditFaultSchema), faultCount: z.int(),
})
export type AuditFindings = z.infer<typeof AuditFindingsSchema>

export const VerifyReportSchema = z.object({
  ok: z.boolean(),
  audit: AuditFindingsSchema,
  database: z.object({ integrity: z.array(z.string()), foreignKeys: z.int() }),
  revisions: z.object({ checked: z.int(), damaged: z.array(z.string()) }),
  objects: z.object({ checked: z.int(), damaged: z.array(z.string()) }),
})
export type VerifyReport = z.infer<typeof VerifyReportSchema>
