import { z } from 'zod'
import { AssetSchema } from '../domain/asset.ts'
import { AssetIdSchema, CommentIdSchema, PredictionIdSchema, ProjectIdSchema, ReviewIdSchema, RevisionIdSchema, SchemaHashSchema, TaskIdSchema } from '../domain/ids.ts'
import { GoldAnswerSchema, GoldScoreSchema } from '../domain/gold.ts'
import { CommentSchema } from '../domain/comment.ts'
import { PredictionSchema } from '../domain/prediction.ts'
import { ProjectSchema } from '../domain/project.ts'
import { ReviewSchema } from '../domain/review.ts'
import { RevisionRecordSchema } from '../domain/revisionRecord.ts'
import { TaskSchema } from '../domain/task.ts'

/**
 * One change in a pull page, in server order (`seq`). `upsert` brings the whole record, `delete` is a tombstone. A label schema arrives
 * unparsed: a workstation may meet a format that is newer than itself and must keep it and say so.
 */
export const ChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), op: z.literal('upsert'), seq: z.int().positive(), record: ProjectSchema.loose() }),
  z.object({ kind: z.literal('labelSchema'), op: z.literal('upsert'), seq: z.int().positive(), hash: SchemaHashSchema, record: z.unknown() }),
  z.object({ kind: z.literal('asset'), op: z.literal('upsert'), seq: z.int().positive(), record: AssetSchema.loose() }),
  z.object({ kind: z.literal('task'), op: z.literal('upsert'), seq: z.int().positive(), record: TaskSchema.loose() }),
  z.object({ kind: z.literal('prediction'), op: z.literal('upsert'), seq: z.int().positive(), record: PredictionSchema.loose() }),
  z.object({ kind: z.literal('review'), op: z.literal('upsert'), seq: z.int().positive(), record: ReviewSchema.loose() }),
  z.object({ kind: z.literal('comment'), op: z.literal('upsert'), seq: z.int().positive(), record: CommentSchema.loose() }),
  z.object({ kind: z.literal('revision'), op: z.literal('upsert'), seq: z.int().positive(), record: RevisionRecordSchema.loose() }),
  z.object({ kind: z.literal('gold'), op: z.literal('upsert'), seq: z.int().positive(), record: GoldAnswerSchema.loose() }),
  z.object({ kind: z.literal('goldScore'), op: z.literal('upsert'), seq: z.int().positive(), record: GoldScoreSchema.loose() }),
  z.object({ kind: z.literal('projectGone'), op: z.literal('delete'), seq: z.int().positive(), id: ProjectIdSchema }),
  z.object({ kind: z.literal('assetGone'), op: z.literal('delete'), seq: z.int().positive(), id: AssetIdSchema }),
  z.object({ kind: z.literal('taskGone'), op: z.literal('delete'), seq: z.int().positive(), id: TaskIdSchema }),
  z.object({ kind: z.literal('predictionGone'), op: z.literal('delete'), seq: z.int().positive(), id: PredictionIdSchema }),
  z.object({ kind: z.literal('reviewGone'), op: z.literal('delete'), seq: z.int().positive(), id: ReviewIdSchema }),
  z.object({ kind: z.literal('commentGone'), op: z.literal('delete'), seq: z.int().positive(), id: CommentIdSchema }),
  z.object({ kind: z.literal('revisionGone'), op: z.literal('delete'), seq: z.int().positive(), id: RevisionIdSchema }),
])
export type Change = z.infer<typeof ChangeSchema>

/** A page of changes since a cursor. The cursor is opaque; another `epoch` than last time means that the server's history was rolled back. */
export const PullPageSchema = z.object({
  epoch: z.string().min(1).max(200),
  cursor: z.string().min(1).max(500),
  more: z.boolean(),
  changes: z.array(ChangeSchema).max(1000),
})
export type PullPage = z.infer<typeof PullPageSchema>

/** A page as a workstation reads it: each change is held against `ChangeSchema` on its own, so that a bad one does not hold up the others. */
export const PullEnvelopeSchema = PullPageSchema.extend({ changes: z.array(z.unknown()).max(1000) })
export type PullEnvelope = z.infer<typeof PullEnvelopeSchema>
