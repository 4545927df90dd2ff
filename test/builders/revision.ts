import { createHash, randomUUID } from 'node:crypto'
import { submissionObjectKey, SubmissionCommitSchema } from '../../shared/api/messages.ts'
import type { SubmissionCommit } from '../../shared/api/messages.ts'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import { RevisionIdSchema, Sha256Schema } from '../../shared/domain/ids.ts'
import type { RevisionId, Sha256 } from '../../shared/domain/ids.ts'
import { REVISION_FORMAT, RevisionSchema } from '../../shared/domain/revision.ts'
import type { Revision } from '../../shared/domain/revision.ts'
import { A_SCHEMA_HASH, aShape } from './records.ts'

/** One labelled person on `asset-1`, by `ada` on the device `device`. */
export function aRevision(fields: Record<string, unknown> = {}): Revision {
  return RevisionSchema.parse({
    format: REVISION_FORMAT, taskId: 'task-1', projectId: 'project-1', assetId: 'asset-1', assetSha256: 'a'.repeat(64), schemaHash: A_SCHEMA_HASH,
    parents: [], author: 'ada', device: 'device', createdAt: '2026-01-02T03:04:05.000Z', timeOnTaskMs: 12_000, journalLength: 1,
    journalSha256: 'b'.repeat(64), outcome: { kind: 'labelled' }, shapes: [aShape()], tags: [], rejections: [], ...fields,
  })
}

/** A revision as it is stored: canonical JSON named by its SHA-256. */
export interface FrozenRevision {
  revision: Revision
  bytes: Buffer
  sha256: Sha256
  revisionId: RevisionId
}

export function frozen(revision: Revision): FrozenRevision {
  const bytes = Buffer.from(canonicalJson(revision))
  const sha256 = Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
  return { revision, bytes, sha256, revisionId: RevisionIdSchema.parse(sha256) }
}

/** The commit of a frozen revision, under a submission id of its own. */
export function commitOf({ revision, bytes, sha256, revisionId }: FrozenRevision, deviceSeq: number, fields: Record<string, unknown> = {}): SubmissionCommit {
  const { device: deviceId, taskId, schemaHash } = revision
  return SubmissionCommitSchema.parse({
    submissionId: randomUUID(), deviceId, deviceSeq, taskId, revisionId, schemaHash, objectKey: submissionObjectKey(sha256), sha256, size: bytes.length, ...fields,
  })
}
