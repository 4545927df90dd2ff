import type { VersionContent } from '../../../shared/domain/compareVersions.ts'
import { draftContent } from '../../../shared/domain/draftContent.ts'
import type { Instant, RevisionId, TaskId, UserId } from '../../../shared/domain/ids.ts'
import type { VersionPair, VersionRelation, VersionRow } from '../../../shared/rpc/coordination.ts'
import { auditEpochs } from '../db/repositories/auditLog.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { contestedTasks, foreignHeads, remoteRevisionsOf } from '../db/repositories/remoteRevisions.ts'
import type { RemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { soundRevisions } from '../db/repositories/submissions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { requireTask } from './requireTask.ts'

/** The tasks that were worked on here and have another version on the server, on which nobody here has decided. */
export function versionRows(db: WorkDatabase): VersionRow[] {
  return contestedTasks(db).map(({ id, name }) => {
    const { mine, theirs, relation } = versionsHere(db, id)
    const { outcome: _outcome, shapes, tags: _tags, rejections: _rejections, ...own } = mine
    return {
      taskId: id, name, relation, mine: { ...own, shapes: shapes.length },
      ...(theirs && { theirs: { revisionId: theirs.id, author: theirs.revision.author, shapes: theirs.revision.shapes.length, createdAt: theirs.revision.createdAt } }),
    }
  })
}

/** Two versions that nobody has compared yet. */
export type UncomparedPair = Omit<VersionPair, 'differences'>

/** The work here and the first version from elsewhere whose bytes are here; undefined when there is none. @throws RpcError notFound. */
export function versionPair(db: WorkDatabase, taskId: TaskId): UncomparedPair | undefined {
  requireTask(db, taskId)
  const { mine, theirs, relation, further } = versionsHere(db, taskId)
  if (theirs === undefined) return undefined
  const { outcome, shapes, tags, rejections, author, device, createdAt } = theirs.revision
  const sameDevice = auditEpochs(db).some((epoch) => epoch.device === device)
  return { taskId, relation, further, mine, theirs: { revisionId: theirs.id, outcome, shapes, tags, rejections, author, device, sameDevice, createdAt } }
}

/** How the version of a task that was made elsewhere relates to the work here, and whose it is, if its bytes are here; undefined when there is none. */
export function versionOf(db: WorkDatabase, taskId: TaskId): { relation: VersionRelation; author?: UserId; createdAt?: Instant } | undefined {
  if (foreignHeads(db, taskId).length === 0) return undefined
  const { relation, theirs } = versionsHere(db, taskId)
  return { relation, ...(theirs && { author: theirs.revision.author, createdAt: theirs.revision.createdAt }) }
}

interface VersionsHere { mine: VersionPair['mine']; theirs: RemoteRevision | undefined; relation: VersionRelation; further: number }

function versionsHere(db: WorkDatabase, taskId: TaskId): VersionsHere {
  const heads = foreignHeads(db, taskId)
  const remote = remoteRevisionsOf(db, taskId)
  const theirs = remote.find(({ id }) => heads.includes(id))
  return { mine: ownVersion(db, taskId), theirs, relation: relationOf(db, taskId, theirs, remote), further: Math.max(0, heads.length - 1) }
}

/** The draft where it goes further than what was submitted, else the last result. */
function ownVersion(db: WorkDatabase, taskId: TaskId): VersionPair['mine'] {
  const { journalSeq, frozenSeq } = requireTask(db, taskId)
  const last = soundRevisions(db, taskId).at(-1)?.revision
  const edited = journalSeq > frozenSeq
  const content: VersionContent = last === undefined || edited ? { ...draftContent(draftRecords(db, taskId)), outcome: { kind: 'labelled' } } : last
  const { outcome, shapes, tags, rejections } = content
  return { outcome, shapes, tags, rejections, edited, ...(last !== undefined && !edited && { at: last.createdAt }) }
}

function relationOf(db: WorkDatabase, taskId: TaskId, theirs: RemoteRevision | undefined, remote: readonly RemoteRevision[]): VersionRelation {
  const { journalSeq, frozenSeq } = requireTask(db, taskId)
  const last = soundRevisions(db, taskId).at(-1)?.id
  if (last === undefined) return journalSeq > 0 ? 'conflict' : 'elsewhere'
  return theirs !== undefined && journalSeq === frozenSeq && growsFrom(theirs, last, remote) ? 'newer' : 'conflict'
}

/** Whether a revision grew from another one, as far as what lies between is here. */
function growsFrom({ revision }: RemoteRevision, ancestor: RevisionId, remote: readonly RemoteRevision[]): boolean {
  const byId = new Map(remote.map((each) => [each.id, each.revision]))
  const toVisit = [...revision.parents]
  const visited = new Set<RevisionId>()
  for (let id = toVisit.pop(); id !== undefined; id = toVisit.pop()) {
    if (id === ancestor) return true
    if (visited.has(id)) continue
    visited.add(id)
    toVisit.push(...(byId.get(id)?.parents ?? []))
  }
  return false
}
