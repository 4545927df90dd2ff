import { isSameContent } from '../../../shared/domain/compareVersions.ts'
import type { VersionContent } from '../../../shared/domain/compareVersions.ts'
import type { Instant, RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { foreignHeads, remoteRevisionsOf, settleRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { soundRevisions } from '../db/repositories/submissions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/**
 * What the next revision of a task grows from: the last one made here that was not refused, and those from elsewhere that a person has decided on since.
 * That the orchestrator holds a newer one does not make it a parent: what was drawn here knew nothing of it.
 */
export function parentsOf(db: WorkDatabase, taskId: TaskId): RevisionId[] {
  const own = soundRevisions(db, taskId)
  const last = own.at(-1)?.id
  const grownFrom = new Set(own.flatMap(({ revision }) => revision.parents))
  const settled = remoteRevisionsOf(db, taskId).filter(({ id, settledAt }) => settledAt !== null && !grownFrom.has(id))
  const older = new Set(settled.flatMap(({ revision }) => revision.parents))
  return [...(last === undefined ? [] : [last]), ...settled.map(({ id }) => id)].filter((id) => !older.has(id))
}

/** Two people, or two devices, who came to the same result are no conflict: what is handed in now counts as grown from the other one too. */
export function settleSameVersions(db: WorkDatabase, taskId: TaskId, content: VersionContent, at: Instant): void {
  const heads = new Set(foreignHeads(db, taskId))
  if (heads.size === 0) return
  for (const { id, revision } of remoteRevisionsOf(db, taskId)) if (heads.has(id) && isSameContent(content, revision)) settleRemoteRevision(db, id, taskId, at)
}
