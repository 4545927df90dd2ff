import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { Comparable, VersionRef } from '../../../shared/rpc/compare.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { goldFacts, predictionFacts, resultFacts } from '../db/repositories/comparableFacts.ts'
import { draftTexts } from '../db/repositories/drafts.ts'
import { goldText } from '../db/repositories/gold.ts'
import { predictionText } from '../db/repositories/predictions.ts'
import { findRevision, revisionJson } from '../db/repositories/revisions.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { SideText } from '../quality/messages.ts'
import { requireTask } from './requireTask.ts'

/**
 * What of a task can be compared: its revisions, oldest first, those from elsewhere, the draft if there is one, the answer to a gold task for those who have it,
 * and its predictions. @throws RpcError notFound.
 */
export function comparables(db: WorkDatabase, taskId: TaskId): Comparable[] {
  const { journalSeq, frozenSeq, shapeCount: shapes } = requireTask(db, taskId)
  return [
    ...resultFacts(db, taskId),
    ...(journalSeq > 0 ? [{ kind: 'draft' as const, edited: journalSeq > frozenSeq, shapes }] : []),
    ...goldFacts(db, taskId), ...predictionFacts(db, taskId),
  ]
}

/** A version as it is stored, not looked into. @throws RpcError notFound where it is not here. */
export function sideText(db: WorkDatabase, { id: taskId, journalSeq, frozenSeq }: StoredTask, ref: VersionRef): SideText {
  const found = (text: string | undefined, what: string): string => {
    if (text === undefined) throw new RpcError('notFound', `There is no ${what} here`)
    return text
  }
  switch (ref.kind) {
    case 'draft': return { kind: 'draft', edited: journalSeq > frozenSeq, json: `[${draftTexts(db, taskId).join(',')}]` }
    case 'gold': return { kind: 'gold', json: found(goldText(db, taskId), `gold answer to task ${taskId}`) }
    case 'prediction': return { kind: 'prediction', json: found(predictionText(db, taskId, ref.predictionId), `prediction ${ref.predictionId} for task ${taskId}`) }
    case 'revision': {
      const { revisionId } = ref
      return { kind: 'revision', revisionId, here: findRevision(db, revisionId) !== undefined, json: found(revisionJson(db, revisionId), `revision ${revisionId}`) }
    }
    default: return assertNever(ref, 'version')
  }
}
