import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Change } from '../../../shared/api/records.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { readMeta, writeMeta } from '../db/repositories/meta.ts'
import { findTask } from '../db/repositories/tasks.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { PulledPage } from '../sync/ports.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { reconcile } from './reconcile.ts'
import type { LocalTask } from './reconcile.ts'
import { enterServerEpoch } from './serverEpoch.ts'
import { standingFacts } from './standing.ts'
import { writePull } from './writePull.ts'

/**
 * Applies a page of the pull: rows, cursor and audit entries in one transaction. What the person did here is not touched.
 * @throws RemoteError cursorExpired when the page belongs to another server epoch than the one pulled so far; see `startNewServerEpoch`.
 */
export function applyPull(context: WorkContext, page: PulledPage): void {
  const { db } = context
  const changed = inTransaction(db, () => {
    expectSameEpoch(db, page.epoch)
    const at = instantNow(context.clock)
    const changedTasks = new Set<TaskId>(enterServerEpoch(context, page.epoch))
    for (const { write, audit } of reconcile(page.changes, gather(context, page.changes), context.userId)) {
      const { news, taskIds } = writePull(db, write, at)
      for (const id of taskIds) changedTasks.add(id)
      if (news && audit !== undefined) appendAudit(context, audit.type, audit.payload)
    }
    for (const change of page.refused ?? []) appendAudit(context, 'recordRefused', { details: { ...change } })
    if (page.refused !== undefined) writeMeta(db, 'hasRefusedRecords', true)
    writeMeta(db, 'pull', { epoch: page.epoch, cursor: page.cursor })
    return [...changedTasks]
  })
  if (changed.length > 0) context.notify('tasks.changed', { taskIds: changed })
}

/** A cursor is of use in the epoch that it came from only. */
function expectSameEpoch(db: WorkDatabase, epoch: string): void {
  const known = readMeta(db, 'pull')?.epoch
  if (known !== undefined && known !== epoch) throw new RemoteError({ kind: 'cursorExpired' }, `The orchestrator's history changed from epoch ${known} to ${epoch}`)
}

function gather(context: WorkContext, changes: readonly Change[]): Map<TaskId, LocalTask> {
  const local = new Map<TaskId, LocalTask>()
  for (const change of changes) {
    const id = change.kind === 'task' ? change.record.id : change.kind === 'taskGone' ? change.id : undefined
    const task = id === undefined ? undefined : findTask(context.db, id)
    if (task !== undefined) local.set(task.id, { seq: task.seq, facts: standingFacts(context, task) })
  }
  return local
}
