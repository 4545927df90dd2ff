import { z } from 'zod'
import { DeviceIdSchema, InstantSchema, ServerKeyIdSchema, Sha256Schema, TaskIdSchema, UserIdSchema } from './ids.ts'

export const AUDIT_ENTRY_DOMAIN = 'fieldmark.audit/1'
export const AUDIT_PAYLOAD_DOMAIN = 'fieldmark.audit-payload/1'
export const AUDIT_CHECKPOINT_DOMAIN = 'fieldmark.audit-checkpoint/1'
/** The format of an exported audit log; see `exportAudit`. */
export const AUDIT_EXPORT_FORMAT = 'fieldmark.audit-export/1'

export const AuditTypeSchema = z.enum([
  'deviceRegistered', 'taskAssigned', 'taskStateChanged', 'submitted', 'skipped',
  'versionReceived', 'versionSettled', 'serverEpochChanged',
  'receiptReceived', 'submissionRefused', 'submissionRetried', 'predictionsReceived', 'reviewReceived', 'exported', 'imageRejected', 'recordRefused',
  'reviewed', 'commented', 'commentReceived', 'statementAcknowledged', 'statementRefused', 'statementRetried',
  'removalsHeld', 'draftLaidAside', 'goldScoreReceived', 'auditFaultFound',
])
export type AuditType = z.infer<typeof AuditTypeSchema>

/** What happened, to what, by whom; free details per type in `details`. */
export const AuditPayloadSchema = z.object({
  taskId: TaskIdSchema.optional(),
  actor: UserIdSchema.optional(),
  details: z.record(z.string(), z.unknown()).default({}),
})
export type AuditPayload = z.infer<typeof AuditPayloadSchema>

/**
 * One link of a device's audit chain. `hash` = SHA-256 of AUDIT_ENTRY_DOMAIN + "\n" + canonical JSON of {device, epoch, seq, prev, type,
 * payloadHash, wall, monotonicMs}; `payloadHash` = SHA-256 of AUDIT_PAYLOAD_DOMAIN + "\n" + canonical JSON of the payload; `prev` is the
 * hash before it, or 64 zeros for seq 1 of an epoch; `signature` is Ed25519 over the 32 bytes of `hash`, base64.
 */
export const AuditEntrySchema = z.object({
  device: DeviceIdSchema,
  epoch: z.int().positive(),
  seq: z.int().positive(),
  prev: Sha256Schema,
  type: AuditTypeSchema,
  payload: AuditPayloadSchema,
  payloadHash: Sha256Schema,
  wall: InstantSchema,
  monotonicMs: z.number(),
  hash: Sha256Schema,
  signature: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntrySchema>

/** The orchestrator's signed word that it holds the chain of (device, epoch) up to `size` entries ending in `head`. */
export const AuditReceiptSchema = z.object({
  device: DeviceIdSchema,
  epoch: z.int().positive(),
  head: Sha256Schema,
  size: z.int().positive(),
  serverTime: InstantSchema,
  serverKeyId: ServerKeyIdSchema,
  signature: z.string(),
})
export type AuditReceipt = z.infer<typeof AuditReceiptSchema>
