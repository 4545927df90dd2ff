import { isEmptyDiff } from '../../../shared/diff/recordsDiff.ts'
import { takeVersion } from '../../../shared/domain/adoptVersion.ts'
import type { VersionContent } from '../../../shared/domain/compareVersions.ts'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { findRemoteRevision, settleRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { appendEdits } from './commitEdits.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { requireTask } from './requireTask.ts'

/** What the draft of a task is to say, under which name its history shows the edit, and the results that it comes from. */
export interface NewDraft { taskId: TaskId; name: 'takeVersion' | 'takeConsensus'; content: VersionContent; from: readonly RevisionId[] }

/**
 * Makes a draft say something else by one edit that can be undone, in the caller's transaction; `keepStacks` what it answers once that is through. The next
 * revision grows from those of `from` that are of this task. @throws RpcError conflict while there are edits here that were not submitted; notFound.
 */
export function replaceDraft(context: WorkContext, { taskId, name, content, from }: NewDraft): ReturnType<typeof appendEdits> | undefined {
  const { db } = context
  const { journalSeq, frozenSeq, timeOnTaskMs } = requireTask(db, taskId)
  if (journalSeq > frozenSeq) throw new RpcError('conflict', 'There are edits of your own on this task that were not submitted')
  const diff = takeVersion(new Map(draftRecords(db, taskId).map((record) => [record.id, record])), content)
  const at = instantNow(context.clock)
  for (const id of from) if (findRemoteRevision(db, id)?.revision.taskId === taskId) settleRemoteRevision(db, id, taskId, at)
  return isEmptyDiff(diff) ? undefined : appendEdits(context, { taskId, afterSeq: journalSeq, lines: [{ kind: 'edit', name, diff }], timeOnTaskMs }, at)
}
