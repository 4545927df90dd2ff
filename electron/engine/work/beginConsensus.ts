import { takeVersion } from '../../../shared/domain/adoptVersion.ts'
import { isEmptyDiff } from '../../../shared/diff/recordsDiff.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { ComparedResult } from '../../../shared/rpc/quality.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { findRemoteRevision, settleRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Proposal } from '../quality/messages.ts'
import { appendEdits } from './commitEdits.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { expectReviewer } from './decide.ts'
import { keepStacks } from './historyStacks.ts'
import { requireTask } from './requireTask.ts'

/**
 * Makes a proposal of several results the draft of a task, by one edit that can be undone; the next revision grows from those of the results that are of this
 * task. @throws RpcError conflict while there are edits here that were not submitted; notAllowed without the reviewer's role; notFound.
 */
export function beginConsensus(context: WorkContext, taskId: TaskId, { shapes, tags }: Proposal, results: readonly ComparedResult[]): void {
  expectReviewer(context)
  const { db } = context
  const edits = inTransaction(db, () => {
    const { journalSeq, frozenSeq, timeOnTaskMs } = requireTask(db, taskId)
    if (journalSeq > frozenSeq) throw new RpcError('conflict', 'There are edits of your own on this task that were not submitted')
    const draft = new Map(draftRecords(db, taskId).map((record) => [record.id, record]))
    const diff = takeVersion(draft, { shapes, tags, rejections: [], outcome: { kind: 'labelled' } })
    const at = instantNow(context.clock)
    for (const { revisionId } of results) {
      const settled = findRemoteRevision(db, revisionId)
      if (settled?.revision.taskId === taskId) settleRemoteRevision(db, revisionId, taskId, at)
    }
    return isEmptyDiff(diff) ? undefined : appendEdits(context, { taskId, afterSeq: journalSeq, lines: [{ kind: 'edit', name: 'takeConsensus', diff }], timeOnTaskMs }, at)
  })
  if (edits !== undefined) keepStacks(db, taskId, edits.journalSeq, edits.stacks)
  context.notify('tasks.changed', { taskIds: [taskId] })
}
