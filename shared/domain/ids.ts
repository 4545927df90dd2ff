import { z } from 'zod'

// Ids come from servers that we do not trust: no separators, no dot segments, no device names of Windows. Names on disk are hashes all the same.
const SAFE_ID = /^(?!\.{1,2}$)(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/i
const safeId = () => z.string().regex(SAFE_ID, 'an id may hold letters, digits and . _ : - only, up to 128')
const SHA256_HEX = /^[0-9a-f]{64}$/

/** SHA-256 in lower-case hexadecimal, 64 characters. */
export const Sha256Schema = z.string().regex(SHA256_HEX, 'a SHA-256 is 64 lower-case hexadecimal digits').brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256Schema>

export const ProjectIdSchema = safeId().brand<'ProjectId'>()
export type ProjectId = z.infer<typeof ProjectIdSchema>
export const AssetIdSchema = safeId().brand<'AssetId'>()
export type AssetId = z.infer<typeof AssetIdSchema>
export const TaskIdSchema = safeId().brand<'TaskId'>()
export type TaskId = z.infer<typeof TaskIdSchema>
export const PredictionIdSchema = safeId().brand<'PredictionId'>()
export type PredictionId = z.infer<typeof PredictionIdSchema>
export const ShapeIdSchema = safeId().brand<'ShapeId'>()
export type ShapeId = z.infer<typeof ShapeIdSchema>
/** Shapes with the same one are a group. */
export const GroupIdSchema = safeId().brand<'GroupId'>()
export type GroupId = z.infer<typeof GroupIdSchema>
export const ClassIdSchema = safeId().brand<'ClassId'>()
export type ClassId = z.infer<typeof ClassIdSchema>
export const AttributeIdSchema = safeId().brand<'AttributeId'>()
export type AttributeId = z.infer<typeof AttributeIdSchema>
export const TagIdSchema = safeId().brand<'TagId'>()
export type TagId = z.infer<typeof TagIdSchema>
export const UserIdSchema = safeId().brand<'UserId'>()
export type UserId = z.infer<typeof UserIdSchema>
export const DeviceIdSchema = safeId().brand<'DeviceId'>()
export type DeviceId = z.infer<typeof DeviceIdSchema>
export const SubmissionIdSchema = safeId().brand<'SubmissionId'>()
export type SubmissionId = z.infer<typeof SubmissionIdSchema>
/** A review or a comment: what a person says of work, sent as a statement of its own. */
export const StatementIdSchema = safeId().brand<'StatementId'>()
export type StatementId = z.infer<typeof StatementIdSchema>
export const ReviewIdSchema = StatementIdSchema.brand<'ReviewId'>()
export type ReviewId = z.infer<typeof ReviewIdSchema>
export const CommentIdSchema = StatementIdSchema.brand<'CommentId'>()
export type CommentId = z.infer<typeof CommentIdSchema>
export const ServerKeyIdSchema = safeId().brand<'ServerKeyId'>()
export type ServerKeyId = z.infer<typeof ServerKeyIdSchema>

/** A label schema is named by the SHA-256 of its canonical JSON, so a version can never change under a task. */
export const SchemaHashSchema = Sha256Schema.brand<'SchemaHash'>()
export type SchemaHash = z.infer<typeof SchemaHashSchema>
/** A revision is named by the SHA-256 of its canonical JSON. */
export const RevisionIdSchema = Sha256Schema.brand<'RevisionId'>()
export type RevisionId = z.infer<typeof RevisionIdSchema>

/** An instant in ISO 8601 with milliseconds and `Z`. */
export const InstantSchema = z.iso.datetime().brand<'Instant'>()
export type Instant = z.infer<typeof InstantSchema>

/** @param milliseconds since 1970, in UTC */
export function instantOf(milliseconds: number): Instant {
  return InstantSchema.parse(new Date(milliseconds).toISOString())
}
