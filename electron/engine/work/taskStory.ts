import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { StoryRevision, TaskStory } from '../../../shared/rpc/reviewing.ts'
import { fromJson } from '../db/json.ts'
import { commentsOf } from '../db/repositories/comments.ts'
import { hasGoldAnswer, scoresOfTask } from '../db/repositories/gold.ts'
import { knownRevisionsOf, receivedJournal } from '../db/repositories/knownRevisions.ts'
import { findRemoteRevision, remoteRevisionsOf } from '../db/repositories/remoteRevisions.ts'
import { reviewsOf } from '../db/repositories/reviews.ts'
import { findRevision, revisionsOf } from '../db/repositories/revisions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { requireTask } from './requireTask.ts'

/** Everything that was done and said about a task, as far as it is known here: results and decisions oldest first. @throws RpcError notFound. */
export function taskStory(db: WorkDatabase, taskId: TaskId): TaskStory {
  requireTask(db, taskId)
  const revisions = new Map<RevisionId, StoryRevision>()
  for (const { id, parents, author, device, receivedAt, late, journalSha256, journalLength } of knownRevisionsOf(db, taskId)) {
    revisions.set(id, { id, parents, author, device, at: receivedAt, late, isHere: false, hasJournal: receivedJournal(db, journalSha256) !== undefined, journalLength })
  }
  const own = revisionsOf(db, taskId).map(({ id, bytes }) => ({ id, isOwn: true, revision: fromJson(RevisionSchema, Buffer.from(bytes).toString()) }))
  for (const { id, revision, isOwn } of [...own, ...remoteRevisionsOf(db, taskId).map((each) => ({ ...each, isOwn: false }))]) {
    const { parents, author, device, createdAt, journalSha256, journalLength, timeOnTaskMs, shapes } = revision
    const hasJournal = isOwn || receivedJournal(db, journalSha256) !== undefined
    revisions.set(id, { id, parents, author, device, late: false, journalLength, ...revisions.get(id), at: createdAt, hasJournal, isHere: true, shapes: shapes.length, timeOnTaskMs })
  }
  return {
    revisions: [...revisions.values()].sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id)),
    reviews: reviewsOf(db, taskId).sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    comments: commentsOf(db, taskId),
    ...(hasGoldAnswer(db, taskId) && { goldScores: scoresOfTask(db, taskId) }),
  }
}

/** A frozen result that is here, made here or elsewhere. @throws RpcError notFound. */
export function requireRevision(db: WorkDatabase, id: RevisionId): Revision {
  const own = findRevision(db, id)
  if (own !== undefined) return fromJson(RevisionSchema, Buffer.from(own.bytes).toString())
  const remote = findRemoteRevision(db, id)
  if (remote === undefined) throw new RpcError('notFound', `There is no revision ${id} here`)
  return remote.revision
}
