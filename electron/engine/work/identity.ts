import { v7 } from 'uuid'
import { DeviceIdSchema } from '../../../shared/domain/ids.ts'
import type { DeviceId } from '../../../shared/domain/ids.ts'
import type { AuditEpoch } from '../db/repositories/auditLog.ts'
import { auditEpochs, auditHead, insertAuditEpoch } from '../db/repositories/auditLog.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

type IdentityContext = Pick<WorkContext, 'db' | 'key' | 'clock'>

/**
 * Who this workstation is: the device of the newest audit epoch, if its key is the one at hand. Another key (lost, replaced) cannot continue the
 * old chain nor speak for the old device, so a new device and a new epoch begin, and the first entry says why. So does a database that was
 * `restored` from a backup: the old device has used sequence numbers since then that are not known here.
 */
export function openIdentity(context: IdentityContext, restored = false): DeviceId {
  const last = auditEpochs(context.db).at(-1)
  const isSameKey = last?.publicKey === context.key.publicKey
  if (isSameKey && !restored) return last.device
  const device = DeviceIdSchema.parse(v7({ msecs: context.clock.now() }))
  const reason = last === undefined ? 'firstStart' : isSameKey ? 'databaseRestored' : 'deviceKeyChanged'
  inTransaction(context.db, () => { beginEpoch(context, device, reason, last) })
  return device
}

/** Begins a new epoch of the same device after its chain turned out to differ from the server's (as after a restored snapshot); the old one stays as it is. */
export function startAuditEpoch(context: IdentityContext & Pick<WorkContext, 'deviceId'>, reason: string): void {
  inTransaction(context.db, () => { beginEpoch(context, context.deviceId, reason, auditEpochs(context.db).at(-1)) })
}

function beginEpoch(context: IdentityContext, device: DeviceId, reason: string, last: AuditEpoch | undefined): void {
  const before = last === undefined ? undefined : auditHead(context.db)
  insertAuditEpoch(context.db, { epoch: (last?.epoch ?? 0) + 1, device, publicKey: context.key.publicKey, startedAt: instantNow(context.clock), reason })
  appendAudit(context, 'deviceRegistered', {
    details: { reason, ...(before === undefined ? {} : { previousDevice: before.device, previousEpoch: before.epoch, previousSize: before.seq, previousHead: before.hash ?? '' }) },
  })
}
