import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditFeed } from '../../../shared/api/messages.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import type { AuditFault } from '../../../shared/rpc/history.ts'
import { EntryChecker, type UncheckedEntry } from '../audit/checkEntries.ts'
import { NO_ENTRY } from '../audit/hashing.ts'
import { auditEpochs } from '../db/repositories/auditLog.ts'
import { forgetMeta, readMeta, writeMeta } from '../db/repositories/meta.ts'
import { insertRemoteEntry, putRemoteDevice, putRemoteReceipt, remoteDevices, remoteHashes, remoteHead, uncheckedEntry } from '../db/repositories/remoteAudit.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { isFromServer } from './serverKey.ts'

/** Where reading the audit entries of others goes on; undefined for a person who may not review. */
export function auditFeedPlace(db: WorkDatabase): { cursor: string | undefined } | undefined {
  return mayReview(readMeta(db, 'user')?.roles ?? []) ? { cursor: readMeta(db, 'auditFeed')?.cursor } : undefined
}

/** Reading them begins anew; what is here is not kept twice. */
export function restartAuditFeed({ db }: WorkContext): void {
  inTransaction(db, () => { forgetMeta(db, 'auditFeed') })
}

interface Arrival { entry: UncheckedEntry; fault: AuditFault['kind'] | undefined }
interface Told { device: string; epoch: number; seq: number; kind: AuditFault['kind'] }

/** Entries checked in one go: about 10 ms, so that the event loop stays free. */
const RUN = 50

/**
 * Checks a page of audit entries of others, their hashes, links, signatures and receipts, and keeps it with the cursor in one transaction. What is not sound
 * is kept as it came, marked, and told by an entry in the log of this device for each chain. @throws the signal's reason; nothing is kept then.
 */
export async function keepAuditPage(context: WorkContext, page: AuditFeed, signal: AbortSignal): Promise<void> {
  const { db } = context
  if (page.entries.length === 0 && page.cursor === readMeta(db, 'auditFeed')?.cursor) return
  const own = new Set<string>(auditEpochs(db).map(({ device }) => device))
  const keys = new Map<string, string>(page.devices.map(({ deviceId, publicKey }) => [deviceId, publicKey]))
  for (const { device, publicKey } of remoteDevices(db)) keys.set(device, publicKey)
  const arrivals = await checkEntries(db, page.entries.filter(({ device }) => !own.has(device)).map(uncheckedEntry), keys, signal)
  const told = new Map<string, Told>()
  inTransaction(db, () => {
    for (const device of page.devices) if (!own.has(device.deviceId)) putRemoteDevice(db, device)
    for (const { entry, fault } of arrivals) {
      insertRemoteEntry(db, entry, fault)
      if (fault !== undefined) tell(told, { device: entry.device, epoch: entry.epoch, seq: entry.seq, kind: fault })
    }
    for (const receipt of page.receipts) {
      if (own.has(receipt.device)) continue
      const kind = receiptFault(db, receipt)
      putRemoteReceipt(db, receipt, kind === undefined)
      if (kind !== undefined) tell(told, { device: receipt.device, epoch: receipt.epoch, seq: receipt.size, kind })
    }
    for (const fault of told.values()) appendAudit(context, 'auditFaultFound', { details: { ...fault, owner: ownerOf(page, fault.device) } })
    writeMeta(db, 'auditFeed', { cursor: page.cursor })
  })
}

/** What is wrong with each entry that is not here yet, by itself and in its chain. */
async function checkEntries(db: WorkDatabase, entries: readonly UncheckedEntry[], keys: ReadonlyMap<string, string>, signal: AbortSignal): Promise<Arrival[]> {
  const checker = new EntryChecker()
  const ends = new Map<string, { seq: number; hash: string }>()
  const arrivals: Arrival[] = []
  for (const [place, entry] of entries.entries()) {
    if (place % RUN === 0) await nextTurn(undefined, { signal })
    const here = remoteHashes(db, entry)
    if (here.includes(entry.hash)) continue
    const chain = `${entry.device} ${entry.epoch}`
    const end = ends.get(chain) ?? remoteHead(db, entry) ?? { seq: 0, hash: NO_ENTRY }
    const [wrong] = checker.check({ device: entry.device, publicKey: keys.get(entry.device) ?? '' }, [entry])
    arrivals.push({ entry, fault: wrong?.kind ?? linkFault(entry, end, here.length > 0) })
    if (entry.seq > end.seq) ends.set(chain, entry)
  }
  return arrivals
}

function linkFault({ seq, prev }: UncheckedEntry, end: { seq: number; hash: string }, isAnother: boolean): AuditFault['kind'] | undefined {
  if (seq <= end.seq) return isAnother ? 'recomputed' : 'reordered'
  if (seq !== end.seq + 1) return 'gap'
  return prev === end.hash ? undefined : 'brokenLink'
}

function receiptFault(db: WorkDatabase, receipt: AuditReceipt): AuditFault['kind'] | undefined {
  if (!isFromServer(db, AUDIT_RECEIPT_DOMAIN, receipt)) return 'badReceipt'
  const hashes = remoteHashes(db, { ...receipt, seq: receipt.size })
  if (hashes.length === 0) return 'cutTail'
  return hashes.includes(receipt.head) ? undefined : 'recomputed'
}

/** The first fault of a chain stands for those that follow from it. */
function tell(told: Map<string, Told>, fault: Told): void {
  const chain = `${fault.device} ${fault.epoch}`
  if (!told.has(chain)) told.set(chain, fault)
}

function ownerOf({ devices }: AuditFeed, device: string): string {
  return devices.find(({ deviceId }) => deviceId === device)?.owner ?? ''
}
