import { v7 } from 'uuid'
import { mergeVersion, takeVersion } from '../../../shared/domain/adoptVersion.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { DraftDiff } from '../../../shared/domain/draft.ts'
import { isEmptyDiff } from '../../../shared/diff/recordsDiff.ts'
import { ShapeIdSchema } from '../../../shared/domain/ids.ts'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import type { HistoryStacks } from '../../../shared/domain/journal.ts'
import type { Outcome } from '../../../shared/domain/revision.ts'
import { validateDraft } from '../../../shared/domain/validateDraft.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'
import type { VersionChoice } from '../../../shared/rpc/coordination.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import { settleRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { noteFrozen } from '../db/repositories/tasks.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import { appendEdits } from './commitEdits.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { keepStacks } from './historyStacks.ts'
import { queueSubmission } from './queueSubmission.ts'
import { requireTask } from './requireTask.ts'
import { refreshStanding } from './standing.ts'
import { versionPair } from './versions.ts'
import type { UncomparedPair } from './versions.ts'

type Next = ResponseOf<'versions.settle'>['next']
interface Choice { taskId: TaskId; revisionId: RevisionId; take: VersionChoice }

/**
 * Does what a person decided about a version from elsewhere. Both versions stay where they are: what is chosen becomes a revision that grew from both, by
 * an ordinary edit and submission, and can be undone. Work that was not submitted is not submitted here either.
 * @throws RpcError notFound; conflict when the version that the person saw is not up for a decision any more.
 */
export function settleVersion(context: WorkContext, { taskId, revisionId, take }: Choice): { next: Next } {
  const { db } = context
  let edits: Edits | undefined
  const next = inTransaction(db, (): Next => {
    const pair = versionPair(db, taskId)
    if (pair?.theirs.revisionId !== revisionId) throw new RpcError('conflict', 'There is another version to decide on by now')
    edits = adopt(context, pair, take)
    settleRemoteRevision(db, revisionId, taskId, instantNow(context.clock))
    appendAudit(context, 'versionSettled', { taskId, actor: context.userId, details: { revisionId, take } })
    return goOn(context, pair, take)
  })
  if (edits !== undefined) keepStacks(db, taskId, edits.journalSeq, edits.stacks)
  context.notify('tasks.changed', { taskIds: [taskId] })
  return { next }
}

interface Edits { stacks: HistoryStacks; journalSeq: number }

/** Brings what was chosen into the draft. */
function adopt(context: WorkContext, { taskId, theirs }: UncomparedPair, take: VersionChoice): Edits | undefined {
  const draft = new Map(draftRecords(context.db, taskId).map((record) => [record.id, record]))
  const change = (name: 'takeVersion' | 'mergeVersion', diff: DraftDiff) => {
    if (isEmptyDiff(diff)) return undefined
    const { journalSeq, timeOnTaskMs } = requireTask(context.db, taskId)
    return appendEdits(context, { taskId, afterSeq: journalSeq, lines: [{ kind: 'edit', name, diff }], timeOnTaskMs }, instantNow(context.clock))
  }
  switch (take) {
    case 'mine': return undefined
    case 'theirs': return change('takeVersion', takeVersion(draft, theirs))
    case 'both': return change('mergeVersion', mergeVersion(draft, theirs, () => ShapeIdSchema.parse(v7())))
    default: return assertNever(take, 'choice')
  }
}

function goOn(context: WorkContext, { taskId, relation, mine, theirs }: UncomparedPair, take: VersionChoice): Next {
  switch (take) {
    case 'both': return 'edit'
    case 'mine': return mine.edited || relation === 'elsewhere' ? 'edit' : handIn(context, taskId, mine.outcome)
    case 'theirs': {
      if (relation === 'conflict') return handIn(context, taskId, theirs.outcome)
      // The orchestrator has it as it is: there is nothing to hand in.
      const { journalSeq, timeOnTaskMs } = requireTask(context.db, taskId)
      noteFrozen(context.db, taskId, journalSeq, timeOnTaskMs)
      refreshStanding(context, taskId)
      return 'upToDate'
    }
    default: return assertNever(take, 'choice')
  }
}

/** Submits what was chosen as the newest revision; where the task's own label schema does not allow it, a person has to look first. */
function handIn(context: WorkContext, taskId: TaskId, outcome: Outcome): Next {
  const { db } = context
  const task = requireTask(db, taskId)
  const records = outcome.kind === 'skipped' ? [] : draftRecords(db, taskId)
  const schema = getLabelSchema(db, task.schemaHash)
  const asset = getAsset(db, task.assetId)
  if (schema === undefined || asset === undefined || validateDraft(records, schema, asset).length > 0) return 'edit'
  queueSubmission(context, task, records, outcome, task.timeOnTaskMs)
  return 'submitted'
}
