import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AssetSchema } from '../../../shared/domain/asset.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { CommentSchema } from '../../../shared/domain/comment.ts'
import type { Comment } from '../../../shared/domain/comment.ts'
import { PredictionSchema } from '../../../shared/domain/prediction.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import { ProjectSchema } from '../../../shared/domain/project.ts'
import type { Project } from '../../../shared/domain/project.ts'
import { ReviewSchema } from '../../../shared/domain/review.ts'
import type { Review } from '../../../shared/domain/review.ts'
import { RevisionRecordSchema } from '../../../shared/domain/revisionRecord.ts'
import type { RevisionRecord } from '../../../shared/domain/revisionRecord.ts'
import { RoleSchema } from '../../../shared/domain/role.ts'
import type { Role } from '../../../shared/domain/role.ts'
import { TaskSchema } from '../../../shared/domain/task.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { Tables } from './tables.ts'

/** Rows as the contract's records. What the database holds is validated like everything else that comes from outside. */
export const projectOf = (row: Selectable<Tables['projects']>): Project => ProjectSchema.parse(row)

export function reviewOf({ corrects, reasons, ...row }: Selectable<Tables['reviews']>): Review {
  return ReviewSchema.parse({ ...row, reasons: parseJson(reasons), ...(corrects !== null && { corrects }) })
}

export function commentOf({ revisionId, act, ...row }: Selectable<Tables['comments']>): Comment {
  return CommentSchema.parse({ ...row, act: parseJson(act), ...(revisionId !== null && { revisionId }) })
}

/** What people who see the results of others are told of one. */
export function revisionRecordOf({ revisionId: id, userId: author, deviceId: device, late, parents, ...row }: Selectable<Tables['submissions']>): RevisionRecord {
  return RevisionRecordSchema.parse({ ...row, id, author, device, late: late === 1, parents: parseJson(parents) })
}

export function assetOf(row: Selectable<Tables['assets']>): Asset {
  const { pixelSize, ...rest } = row
  return AssetSchema.parse({ ...rest, tileSource: parseJson(row.tileSource), ...(pixelSize !== null && { pixelSize: parseJson(pixelSize) }) })
}

export function predictionOf(row: Selectable<Tables['predictions']>): Prediction {
  return PredictionSchema.parse({ ...row, shapes: parseJson(row.shapes) })
}

export function taskOf(row: Selectable<Tables['tasks']>): Task {
  const { assignee, dueAt, headRevision, lease, replicaGroup, ...rest } = row
  return TaskSchema.parse({
    ...rest,
    tags: parseJson(row.tags),
    otherRevisions: parseJson(row.otherRevisions),
    ...(assignee !== null && { assignee }),
    ...(dueAt !== null && { dueAt }),
    ...(headRevision !== null && { headRevision }),
    ...(lease !== null && { lease: parseJson(lease) }),
    ...(replicaGroup !== null && { replicaGroup }),
  })
}

export function rolesOf(text: string): Role[] {
  return z.array(RoleSchema).parse(parseJson(text))
}

export function parseJson(text: string): unknown {
  return JSON.parse(text)
}
