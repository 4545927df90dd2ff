import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { DraftRecord } from '../../../shared/domain/draft.ts'
import type { Instant, RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { RevisionIdSchema, Sha256Schema } from '../../../shared/domain/ids.ts'
import { REVISION_FORMAT } from '../../../shared/domain/revision.ts'
import { draftContent } from '../../../shared/domain/draftContent.ts'
import type { Outcome, Revision } from '../../../shared/domain/revision.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { sha256 } from '../audit/hashing.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { readJournal } from '../db/repositories/journal.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { WorkContext } from './context.ts'
import { journalLine } from './journals.ts'
import { parentsOf } from './parents.ts'

interface FrozenRevision { id: RevisionId; revision: Revision; bytes: Uint8Array }

/** Makes the immutable form of a result: canonical JSON (RFC 8785) named by its SHA-256. Nothing is stored yet. @throws RpcError notAllowed without an asset. */
export function freezeRevision(context: WorkContext, task: StoredTask, records: readonly DraftRecord[], outcome: Outcome, timeOnTaskMs: number, at: Instant): FrozenRevision {
  const asset = getAsset(context.db, task.assetId)
  if (asset === undefined) throw new RpcError('notAllowed', 'The image of the task has not been announced yet')
  const revision: Revision = {
    format: REVISION_FORMAT,
    taskId: task.id, projectId: task.projectId, assetId: task.assetId, assetSha256: asset.sha256, schemaHash: task.schemaHash,
    parents: parentsOf(context.db, task.id),
    author: context.userId, device: context.deviceId, createdAt: at, timeOnTaskMs,
    journalLength: task.journalSeq, journalSha256: journalHash(context.db, task.id),
    outcome,
    ...draftContent(records),
  }
  const bytes = Buffer.from(canonicalJson(revision))
  return { id: RevisionIdSchema.parse(sha256(bytes)), revision, bytes }
}

function journalHash(db: WorkDatabase, taskId: TaskId) {
  const hash = createHash('sha256')
  for (const entry of readJournal(db, taskId)) hash.update(journalLine(entry))
  return Sha256Schema.parse(hash.digest('hex'))
}
