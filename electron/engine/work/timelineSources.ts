import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { TimelineChoice, TimelineRef } from '../../../shared/rpc/timeline.ts'
import { readJournalRun } from '../db/repositories/journal.ts'
import { receivedJournal } from '../db/repositories/knownRevisions.ts'
import { findRemoteRevision, remoteRevisionsOf } from '../db/repositories/remoteRevisions.ts'
import type { RemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { sourceOfLines } from '../timeTravel/journalSource.ts'
import type { JournalSource } from '../timeTravel/journalSource.ts'
import type { WorkContext } from './context.ts'
import { linesOf } from './journals.ts'
import { requireTask } from './requireTask.ts'

/** The journals of a task that are here: one's own where there are edits, then those behind results from elsewhere, newest first. @throws RpcError notFound. */
export function timelineChoices(context: WorkContext, taskId: TaskId): TimelineChoice[] {
  const own = ownChoice(context, taskId)
  const received = remoteRevisionsOf(context.db, taskId).filter(({ revision }) => receivedJournal(context.db, revision.journalSha256) !== undefined)
    .map(choiceOf).sort((a, b) => ((a.createdAt ?? '') > (b.createdAt ?? '') ? -1 : 1))
  return own.total > 0 || received.length === 0 ? [own, ...received] : received
}

/** The journal that is asked about. @throws RpcError notFound when it is not here. */
export function timelineChoice(context: WorkContext, { taskId, source }: TimelineRef): TimelineChoice {
  switch (source.kind) {
    case 'own': return ownChoice(context, taskId)
    case 'revision': return choiceOf(requireRemote(context, { taskId, source }))
    default: return assertNever(source, 'source of a journal')
  }
}

/** Where the journal is read from. @throws RpcError notFound when it is not here. */
export function timelineSource(context: WorkContext, { taskId, source }: TimelineRef): JournalSource {
  const { db } = context
  switch (source.kind) {
    case 'own': return { length: requireTask(db, taskId).journalSeq, read: (after, limit) => readJournalRun(db, taskId, after, limit) }
    case 'revision': {
      const { id, revision } = requireRemote(context, { taskId, source })
      const bytes = receivedJournal(db, revision.journalSha256)
      if (bytes === undefined) throw new RpcError('notFound', `The edits behind revision ${id} are not here`)
      return sourceOfLines(linesOf(bytes))
    }
    default: return assertNever(source, 'source of a journal')
  }
}

function ownChoice({ db, userId, deviceId }: WorkContext, taskId: TaskId): TimelineChoice {
  return { source: { kind: 'own' }, author: userId, device: deviceId, total: requireTask(db, taskId).journalSeq }
}

function choiceOf({ id, revision: { author, device, journalLength, createdAt } }: RemoteRevision): TimelineChoice {
  return { source: { kind: 'revision', revisionId: id }, author, device, total: journalLength, createdAt }
}

function requireRemote({ db }: WorkContext, { taskId, source }: TimelineRef): RemoteRevision {
  const found = source.kind === 'revision' ? findRemoteRevision(db, source.revisionId) : undefined
  if (found?.revision.taskId !== taskId) throw new RpcError('notFound', 'There is no such result of this task here')
  return found
}
