import { z } from 'zod'
import { ObjectKeySchema } from '../domain/asset.ts'
import { AuditEntrySchema, AuditReceiptSchema } from '../domain/auditEvent.ts'
import { RoleSchema } from '../domain/role.ts'
import { StatementSchema } from '../domain/statement.ts'
import { AssetIdSchema, DeviceIdSchema, InstantSchema, RevisionIdSchema, SchemaHashSchema, ServerKeyIdSchema, Sha256Schema, SubmissionIdSchema, TaskIdSchema, UserIdSchema } from '../domain/ids.ts'

/** Ed25519 public key, SPKI in PEM. */
const PublicKeySchema = z.string().startsWith('-----BEGIN PUBLIC KEY-----')

/** A workstation makes itself known; the same id with the same key may register again. */
export const DeviceRegistrationSchema = z.object({ deviceId: DeviceIdSchema, name: z.string().min(1).max(200), publicKey: PublicKeySchema, appVersion: z.string() })
export type DeviceRegistration = z.infer<typeof DeviceRegistrationSchema>

export const RegistrationAnswerSchema = z.object({
  deviceId: DeviceIdSchema,
  serverKeyId: ServerKeyIdSchema,
  serverPublicKey: PublicKeySchema,
  serverTime: InstantSchema,
})
export type RegistrationAnswer = z.infer<typeof RegistrationAnswerSchema>

/** Which device asks for a lease; without it the lease is the person's on any of them. */
export const LeaseRequestSchema = z.object({ device: DeviceIdSchema.optional() }).optional()

/**
 * Who the token belongs to. `storage` says how objects travel: by presigned URLs that the orchestrator grants, or by S3 with the workstation's own keys
 * (`own`) or with temporary ones that the orchestrator gives (`session`).
 */
export const MeSchema = z.object({
  userId: UserIdSchema,
  name: z.string(),
  roles: z.array(RoleSchema),
  storage: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('presigned') }),
    z.object({ kind: z.literal('s3'), endpoint: z.url().optional(), region: z.string(), bucket: z.string(), prefix: z.string().default(''), credentials: z.enum(['own', 'session']).default('own') }),
  ]),
})
export type Me = z.infer<typeof MeSchema>

/** Temporary keys of the storage. A workstation asks again shortly before `expiresAt`, or when the storage does not accept them any more. */
export const StorageCredentialsSchema = z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1), sessionToken: z.string().min(1), expiresAt: InstantSchema })
export type StorageCredentials = z.infer<typeof StorageCredentialsSchema>

/** Asks for the right to PUT one object; the SHA-256 is part of what the grant allows. */
export const UploadGrantRequestSchema = z.object({ key: ObjectKeySchema, sha256: Sha256Schema, size: z.int().nonnegative(), mediaType: z.string() })
export type UploadGrantRequest = z.infer<typeof UploadGrantRequestSchema>

/** Asks for the right to GET an object: one that belongs to an asset the person may see. */
export const DownloadGrantRequestSchema = z.object({ assetId: AssetIdSchema, keys: z.array(ObjectKeySchema).min(1).max(500) })
export type DownloadGrantRequest = z.infer<typeof DownloadGrantRequestSchema>

/** A URL that works until `expiresAt`, to be used with exactly these headers. */
export const GrantSchema = z.object({
  key: ObjectKeySchema,
  method: z.enum(['GET', 'PUT']),
  url: z.url(),
  headers: z.record(z.string(), z.string()).default({}),
  expiresAt: InstantSchema,
})
export type Grant = z.infer<typeof GrantSchema>
export const DownloadGrantsSchema = z.object({ grants: z.array(GrantSchema) })

/**
 * Commits a submission whose bytes are in storage already. Idempotent by `submissionId` (also the Idempotency-Key header): the same id and
 * hash give the same receipt again, the same id with another hash is a conflict. `deviceSeq` grows by one with each submission of a device.
 * `deviceId` is the device that sends. The revision names the one that it was made on: the same, or an earlier one with the same key, which a
 * workstation has that was restored from a copy and may not reuse its numbers.
 */
export const SubmissionCommitSchema = z.object({
  submissionId: SubmissionIdSchema,
  deviceId: DeviceIdSchema,
  deviceSeq: z.int().positive(),
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema,
  schemaHash: SchemaHashSchema,
  objectKey: ObjectKeySchema,
  sha256: Sha256Schema,
  size: z.int().positive(),
})
export type SubmissionCommit = z.infer<typeof SubmissionCommitSchema>

/** Commits what a person says of work. Idempotent by the id of its record: the same one gives the same receipt again, another one under that id is a conflict. */
export const StatementCommitSchema = z.object({ deviceId: DeviceIdSchema, statement: StatementSchema })
export type StatementCommit = z.infer<typeof StatementCommitSchema>

/** A run of audit entries of one device and epoch, contiguous from `entries[0].seq`. What the server holds already is skipped if it is equal, else a fork. */
export const AuditSegmentSchema = z.object({ device: DeviceIdSchema, epoch: z.int().positive(), entries: z.array(AuditEntrySchema).min(1).max(1000) })
export type AuditSegment = z.infer<typeof AuditSegmentSchema>

/**
 * An audit entry as the orchestrator holds it, for others to check. Nothing of it is believed before that, so a changed one passes as it is, and so does
 * one of a kind that only newer workstations write.
 */
export const HeldAuditEntrySchema = z.object({
  device: DeviceIdSchema, epoch: z.int().positive(), seq: z.int().positive(), prev: z.string().max(200), type: z.string().max(200), payload: z.unknown(),
  payloadHash: z.string().max(200), wall: z.string().max(200), monotonicMs: z.number(), hash: z.string().max(200), signature: z.string().max(500),
})
export type HeldAuditEntry = z.infer<typeof HeldAuditEntrySchema>

/** Whose device a chain is of, and the key that its entries are signed with. */
export const AuditDeviceSchema = z.object({ deviceId: DeviceIdSchema, owner: UserIdSchema, name: z.string().max(200), publicKey: PublicKeySchema })
export type AuditDevice = z.infer<typeof AuditDeviceSchema>

/**
 * Audit entries of the people whom a reviewer works with, in the order in which they arrived; with the devices that wrote them, and for each chain the
 * signed word for how far this page leads. The cursor is opaque; it expires (410 `cursorExpired`) when other people are to be seen than before.
 */
export const AuditFeedSchema = z.object({
  cursor: z.string().min(1).max(500),
  more: z.boolean(),
  devices: z.array(AuditDeviceSchema).max(1000),
  entries: z.array(HeldAuditEntrySchema).max(1000),
  receipts: z.array(AuditReceiptSchema).max(1000),
})
export type AuditFeed = z.infer<typeof AuditFeedSchema>

/** The media type and key of a frozen revision: `submissions/sha256/<hash>`, never overwritten (`If-None-Match: *`). */
export const SUBMISSION_MEDIA_TYPE = 'application/vnd.fieldmark.revision+json'
/** The edit journal behind a revision, one canonical JSON document and a newline for each line: `journals/sha256/<journalSha256>`, stored like a revision. */
export const JOURNAL_MEDIA_TYPE = 'application/vnd.fieldmark.journal+jsonl'
export function journalObjectKey(sha256: string) {
  return ObjectKeySchema.parse(`journals/sha256/${sha256}`)
}
export function submissionObjectKey(sha256: string) {
  return ObjectKeySchema.parse(`submissions/sha256/${sha256}`)
}
