import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { AUDIT_CHECKPOINT_DOMAIN } from '../../../shared/domain/auditEvent.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { ServerKeyId } from '../../../shared/domain/ids.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import type { AuditFindings } from '../../../shared/rpc/history.ts'
import { ChainCheck, FaultList, type Epoch } from './chainCheck.ts'
import { EntryChecker, type EntryFault, type UncheckedEntry } from './checkEntries.ts'
import type { CheckEntries } from './checkThreads.ts'
import type { AuditCheckpoint } from './checkpoint.ts'
import { isSignedBy } from './signedRecord.ts'

/** Where the log is read from. */
export interface AuditSource {
  epochs: readonly Epoch[]
  /** The number of the first of them, 1 where it is not given. */
  firstEpoch?: number
  receipts: readonly AuditReceipt[]
  /** How far the device itself said that its chain goes, as it is kept apart from the database. */
  checkpoint?: AuditCheckpoint | undefined
  /** The entries of an epoch in order, in short runs. */
  runs(epoch: number): Iterable<readonly UncheckedEntry[]> | AsyncIterable<readonly UncheckedEntry[]>
  serverKey(id: ServerKeyId): string | undefined
}

export interface VerifyOptions {
  /** Checks entries by themselves; here, between other work, if it is not said. */
  check?: CheckEntries | undefined
  onProgress: (entries: number) => void
  signal: AbortSignal
}

/** Entries checked in one go: about 10 ms, so that the event loop stays free. */
export const AUDIT_RUN = 50
/** Runs that are checked in threads while further ones are read. */
const MOST_PENDING = 16

/**
 * Checks every epoch of the log: hashes, links, numbering, signatures, and that what was said of it elsewhere still fits: the server's receipts, the
 * device's checkpoint, and what each epoch's first entry says of the epoch before.
 * @throws the signal's reason when it is aborted.
 */
export async function verifyAudit(source: AuditSource, options: VerifyOptions): Promise<AuditFindings> {
  const faults = new FaultList()
  const findings = { entries: 0, epochs: source.epochs.length, receipts: source.receipts.length, acknowledged: 0 }
  let before: ChainCheck | undefined
  for (const [place, epoch] of source.epochs.entries()) {
    const expected = place + (source.firstEpoch ?? 1)
    if (epoch.epoch !== expected) faults.add({ kind: 'gap', device: epoch.device, epoch: expected, seq: 1, detail: 'The whole epoch is missing' })
    const receipts = source.receipts.filter((receipt) => receipt.epoch === epoch.epoch)
    const checkpoint = source.checkpoint?.device === epoch.device ? [source.checkpoint] : []
    const chain = new ChainCheck(epoch, new Set([...receipts, ...checkpoint].map(({ size }) => size)), faults)
    const entriesBefore = findings.entries
    const faultsBefore = faults.kept.length
    await walk(source, chain, { ...options, onProgress: (entries) => { options.onProgress(findings.entries = entriesBefore + entries) } })
    faults.orderFrom(faultsBefore)
    findings.acknowledged += Math.max(0, ...receipts.filter(({ size, head }) => chain.heads.get(size) === head).map(({ size }) => size))
    for (const receipt of receipts) checkReceipt(source, receipt, chain)
    if (before !== undefined) checkSuccession(before, chain)
    before = chain
    if (epoch.forkedAt !== null) chain.fault('forked', epoch.acknowledged + 1, `The server holds other entries from here on, as it said at ${epoch.forkedAt}`)
  }
  checkCheckpoint(source.checkpoint, before)
  for (const { device, epoch, size } of source.receipts) {
    if (!source.epochs.some((each) => each.epoch === epoch)) faults.add({ kind: 'cutTail', device, epoch, seq: 1, detail: `The server holds ${size} entries of an epoch that is missing here` })
  }
  return { ...findings, faults: faults.kept, faultCount: faults.count }
}

/** Follows the entries of one epoch, which are checked by themselves meanwhile. */
async function walk(source: AuditSource, chain: ChainCheck, { check = checkHere(), onProgress, signal }: VerifyOptions): Promise<void> {
  const pending: Promise<EntryFault[]>[] = []
  const settle = async () => { for (const { seq, kind, detail } of await pending.shift() ?? []) chain.fault(kind, seq, detail) }
  let entries = 0
  for await (const run of source.runs(chain.epoch.epoch)) {
    for (const entry of run) chain.follow(entry)
    const checked = check(chain.epoch, run)
    // When the walk is given up nobody waits for it any more.
    checked.catch(() => undefined)
    pending.push(checked)
    if (pending.length >= MOST_PENDING) await settle()
    onProgress(entries += run.length)
    await nextTurn(undefined, { signal })
  }
  while (pending.length > 0) await settle()
}

function checkHere(): CheckEntries {
  const checker = new EntryChecker()
  return (owner, entries) => Promise.resolve(checker.check(owner, entries))
}

const PredecessorSchema = z.object({ details: z.object({ previousEpoch: z.int(), previousSize: z.int(), previousHead: z.string() }) })

/** The first entry of an epoch says where the one before it ended. */
function checkSuccession(before: ChainCheck, { first }: ChainCheck): void {
  const predecessor = PredecessorSchema.safeParse(jsonOf(first))
  if (!predecessor.success || predecessor.data.details.previousEpoch !== before.epoch.epoch) return
  const { previousSize, previousHead } = predecessor.data.details
  if (before.seq <= previousSize) before.compareEnd({ size: previousSize, head: previousHead }, 'The next epoch')
  else before.fault('added', previousSize + 1, `The epoch had ended with entry ${previousSize}`)
}

/** A checkpoint may be older than the chain, never newer. It is only of use for the newest epoch: another database brings one of its own. */
function checkCheckpoint(checkpoint: AuditCheckpoint | undefined, newest: ChainCheck | undefined): void {
  if (checkpoint === undefined || newest === undefined || checkpoint.device !== newest.epoch.device) return
  if (isSignedBy(newest.epoch.publicKey, AUDIT_CHECKPOINT_DOMAIN, checkpoint)) newest.compareEnd(checkpoint, "The device's checkpoint")
  else newest.fault('badCheckpoint', checkpoint.size, 'The checkpoint was not signed by this device')
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A chain that is sound in itself may still be cut or written anew; what the server signed for earlier shows it. */
function checkReceipt(source: AuditSource, receipt: AuditReceipt, chain: ChainCheck): void {
  const publicKey = source.serverKey(receipt.serverKeyId)
  if (publicKey === undefined || !isSignedBy(publicKey, AUDIT_RECEIPT_DOMAIN, receipt)) {
    chain.fault('badReceipt', receipt.size, 'The receipt was not signed by a server that is known')
  } else if (receipt.size > chain.seq) {
    chain.fault('cutTail', chain.seq + 1, `The server holds ${receipt.size} entries, here are ${chain.seq}`)
  } else if (chain.heads.get(receipt.size) !== receipt.head) {
    chain.fault('recomputed', receipt.size, 'The server signed for another entry here')
  }
}
