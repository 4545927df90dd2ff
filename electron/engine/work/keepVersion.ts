import { RemoteError } from '../../../shared/api/remoteError.ts'
import { isSameContent } from '../../../shared/domain/compareVersions.ts'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import { sha256 } from '../audit/hashing.ts'
import { fromJson } from '../db/json.ts'
import { keepRemoteRevision, settleRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { noteRevisionFacts } from '../db/repositories/revisionFacts.ts'
import { soundRevisions } from '../db/repositories/submissions.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

/**
 * Keeps a revision of a task that was made elsewhere, beside one's own. One that says the same as the last one made here is no conflict and counts as
 * settled. @throws RemoteError corrupt when the bytes are not the revision, or not of the task.
 */
export function keepVersion(context: WorkContext, taskId: TaskId, id: RevisionId, bytes: Uint8Array): void {
  const { db } = context
  const revision = readVersion(taskId, id, bytes)
  inTransaction(db, () => {
    if (!keepRemoteRevision(db, id, taskId, bytes)) return
    noteRevisionFacts(db, id, taskId, bytes)
    const own = soundRevisions(db, taskId).at(-1)
    const same = own !== undefined && isSameContent(own.revision, revision)
    if (same) settleRemoteRevision(db, id, taskId, instantNow(context.clock))
    const { author, device, createdAt, shapes } = revision
    appendAudit(context, 'versionReceived', { taskId, details: { revisionId: id, author, device, createdAt, shapes: shapes.length, same } })
  })
  context.notify('tasks.changed', { taskIds: [taskId] })
}

function readVersion(taskId: TaskId, id: RevisionId, bytes: Uint8Array): Revision {
  if (String(sha256(bytes)) !== id) throw new RemoteError({ kind: 'corrupt' }, `The bytes of revision ${id} are others`)
  try {
    const revision = fromJson(RevisionSchema, Buffer.from(bytes).toString())
    if (revision.taskId === taskId) return revision
  } catch (error) {
    throw new RemoteError({ kind: 'corrupt' }, `Revision ${id} cannot be read`, { cause: error })
  }
  throw new RemoteError({ kind: 'corrupt' }, `Revision ${id} is of another task`)
}
