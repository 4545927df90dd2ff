import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { UncheckedEntry } from '../audit/checkEntries.ts'
import { auditEpochs, auditReceipts, auditRun } from '../db/repositories/auditLog.ts'
import { remoteChains, remoteDevices, remoteReceipts, remoteRun } from '../db/repositories/remoteAudit.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/** One chain that is here, of this workstation or of somebody else's. `publicKey` is SPKI in PEM. */
export interface StoredChain {
  device: string
  epoch: number
  publicKey: string
  receipts: readonly AuditReceipt[]
  /** A run of its entries after `seq`. */
  runAfter(seq: number, limit: number): UncheckedEntry[]
}

/** The chain of a device's epoch; undefined when nothing of it is here. */
export function storedChain(db: WorkDatabase, device: string, epoch: number): StoredChain | undefined {
  const ofChain = (receipts: AuditReceipt[]) => receipts.filter((receipt) => receipt.device === device && receipt.epoch === epoch)
  const own = auditEpochs(db).find((each) => each.epoch === epoch && each.device === device)
  if (own !== undefined) return { device, epoch, publicKey: own.publicKey, receipts: ofChain(auditReceipts(db)), runAfter: (seq, limit) => auditRun(db, epoch, seq, limit) }
  if (!remoteChains(db).some((each) => each.device === device && each.epoch === epoch)) return undefined
  const publicKey = remoteDevices(db).find((each) => each.device === device)?.publicKey ?? ''
  return { device, epoch, publicKey, receipts: ofChain(remoteReceipts(db)), runAfter: (seq, limit) => remoteRun(db, { device, epoch }, seq, limit) }
}

/** How many entries of each chain the server has given receipts for, by `device epoch`. */
export function acknowledgedSizes(db: WorkDatabase): Map<string, number> {
  const sizes = new Map<string, number>(auditEpochs(db).map(({ device, epoch, acknowledged }) => [`${device} ${epoch}`, acknowledged]))
  for (const { device, epoch, size } of remoteReceipts(db)) sizes.set(`${device} ${epoch}`, Math.max(size, sizes.get(`${device} ${epoch}`) ?? 0))
  return sizes
}
