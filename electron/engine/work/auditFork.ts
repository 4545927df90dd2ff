import { auditEpochs, markForked } from '../db/repositories/auditLog.ts'
import { giveNewNumber, outboxOfDevice } from '../db/repositories/submissions.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { currentDevice, renewIdentity } from './identity.ts'
import { reviveSubmission } from './retrySubmission.ts'

/**
 * Notes that the server holds another continuation of an epoch than ours, as after a restored snapshot of the computer. The epoch stays as it is and
 * is not offered any more. When it is the present one, a new device begins, because the old one's numbers are used up in a way that is not known here:
 * what waits in the outbox is sent under the new one, with the same ids and bytes.
 * @returns false, and notes nothing, for an epoch that began with a fork and that no server ever acknowledged: a server that calls everything a fork
 * must not make a new device of this one each time.
 */
export function recordAuditFork(context: WorkContext, epoch: number): boolean {
  const { db, clock } = context
  const forked = auditEpochs(db).find((each) => each.epoch === epoch)
  if (forked === undefined) throw new Error(`No audit epoch ${epoch}`)
  if (forked.reason === 'auditForked' && forked.acknowledged === 0) return false
  const taskIds = inTransaction(db, () => {
    markForked(db, epoch, instantNow(clock))
    if (forked.device !== currentDevice(db)) return []
    renewIdentity(context, 'auditForked')
    return outboxOfDevice(db, forked.device).map((commit) => {
      giveNewNumber(db, commit, currentDevice(db))
      reviveSubmission(context, commit, 'deviceRenewed')
      return commit.taskId
    })
  })
  if (taskIds.length > 0) context.notify('tasks.changed', { taskIds })
  context.notify('engine.notice', { code: 'auditForked', detail: `epoch ${epoch}, device ${forked.device}` })
  return true
}
