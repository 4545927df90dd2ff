import { v7 } from 'uuid'
import { DeviceIdSchema } from '../../../shared/domain/ids.ts'
import type { DeviceId } from '../../../shared/domain/ids.ts'
import { auditEpochs, auditHead, insertAuditEpoch } from '../db/repositories/auditLog.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

type IdentityContext = Pick<WorkContext, 'db' | 'key' | 'clock'>

/**
 * Who this workstation is: the device of the newest audit epoch, if its key is the one at hand. Another key (lost, replaced) cannot continue the
 * old chain nor speak for the old device, so a new device and a new epoch begin, and the first entry says why. So does a database that was
 * set back (restored from a backup, say): the old device has used sequence numbers since then that are not known here.
 */
export function openIdentity(context: IdentityContext, setback?: 'databaseRestored' | 'backupRestored' | 'workMissing'): DeviceId {
  const last = auditEpochs(context.db).at(-1)
  const isSameKey = last?.publicKey === context.key.publicKey
  if (isSameKey && setback === undefined) return last.device
  const reason = last === undefined ? 'firstStart' : isSameKey ? setback ?? 'databaseRestored' : 'deviceKeyChanged'
  return inTransaction(context.db, () => renewIdentity(context, reason))
}

/** The device that this workstation is now. */
export function currentDevice(db: WorkDatabase): DeviceId {
  return auditHead(db).device
}

/** Begins a new device with an epoch of its own, in the caller's transaction; the old ones stay as they are. */
export function renewIdentity(context: IdentityContext, reason: string): DeviceId {
  const last = auditEpochs(context.db).at(-1)
  const device = DeviceIdSchema.parse(v7({ msecs: context.clock.now() }))
  const before = last === undefined ? undefined : auditHead(context.db)
  insertAuditEpoch(context.db, { epoch: (last?.epoch ?? 0) + 1, device, publicKey: context.key.publicKey, startedAt: instantNow(context.clock), reason })
  appendAudit(context, 'deviceRegistered', {
    details: { reason, ...(before === undefined ? {} : { previousDevice: before.device, previousEpoch: before.epoch, previousSize: before.seq, previousHead: before.hash ?? '' }) },
  })
  return device
}
