import type { VersionContent } from '../../../shared/domain/compareVersions.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { ComparedResult } from '../../../shared/rpc/quality.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Proposal } from '../quality/messages.ts'
import type { WorkContext } from './context.ts'
import { expectReviewer } from './decide.ts'
import { keepStacks } from './historyStacks.ts'
import { replaceDraft } from './replaceDraft.ts'

/**
 * Makes a proposal of several results the draft of a task, by one edit that can be undone; the next revision grows from those of the results that are of this
 * task. @throws RpcError conflict while there are edits here that were not submitted; notAllowed without the reviewer's role; notFound.
 */
export function beginConsensus(context: WorkContext, taskId: TaskId, { shapes, tags }: Proposal, results: readonly ComparedResult[]): void {
  expectReviewer(context)
  const content: VersionContent = { shapes, tags, rejections: [], outcome: { kind: 'labelled' } }
  const edits = inTransaction(context.db, () => replaceDraft(context, { taskId, name: 'takeConsensus', content, from: results.map(({ revisionId }) => revisionId) }))
  if (edits !== undefined) keepStacks(context.db, taskId, edits.journalSeq, edits.stacks)
  context.notify('tasks.changed', { taskIds: [taskId] })
}
