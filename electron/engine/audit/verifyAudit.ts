import { setImmediate as nextTurn } from 'node:timers/promises'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { ServerKeyId } from '../../../shared/domain/ids.ts'
import type { AuditFault } from '../../../shared/rpc/history.ts'
import { entryHash, NO_ENTRY, payloadHash } from './hashing.ts'
import { isSignedBy, verifies } from './signedRecord.ts'

/** An audit entry as it is stored, before anything of it is believed; `payload` is JSON text. */
interface UncheckedEntry {
  epoch: number; seq: number; device: string; prev: string; type: string; payload: string; payloadHash: string
  wall: string; monotonicMs: number; hash: string; signature: string
}

/** Where the log is read from. */
interface AuditSource {
  epochs: readonly { epoch: number; device: string; publicKey: string; acknowledged: number; forkedAt: string | null }[]
  receipts: readonly AuditReceipt[]
  /** Entries of an epoch after `seq`, in order, at most `limit`. */
  entriesAfter(epoch: number, seq: number, limit: number): readonly UncheckedEntry[]
  serverKey(id: ServerKeyId): string | undefined
}

export interface AuditFindings { entries: number; acknowledged: number; faults: AuditFault[] }

/** Entries checked in one go: about 10 ms, so that the event loop stays free. */
const RUN = 50

/**
 * Checks every epoch of the log: hashes, links, numbering, signatures, and that every remembered receipt of the server still fits.
 * @throws the signal's reason when it is aborted.
 */
export async function verifyAudit(source: AuditSource, onProgress: (entries: number) => void, signal: AbortSignal): Promise<AuditFindings> {
  const findings: AuditFindings = { entries: 0, acknowledged: 0, faults: [] }
  for (const [place, epoch] of source.epochs.entries()) {
    if (epoch.epoch !== place + 1) findings.faults.push({ kind: 'gap', epoch: place + 1, seq: 1, detail: 'The whole epoch is missing' })
    const receipts = source.receipts.filter((receipt) => receipt.epoch === epoch.epoch)
    const chain = new ChainCheck(epoch, new Set(receipts.map(({ size }) => size)), findings.faults)
    for (;;) {
      const run = source.entriesAfter(epoch.epoch, chain.seq, RUN)
      if (run.length === 0) break
      for (const entry of run) chain.check(entry)
      findings.entries += run.length
      onProgress(findings.entries)
      await nextTurn(undefined, { signal })
    }
    findings.acknowledged += Math.max(0, ...receipts.filter(({ size, head }) => chain.heads.get(size) === head).map(({ size }) => size))
    for (const receipt of receipts) checkReceipt(source, receipt, chain, findings.faults)
    const { acknowledged, forkedAt } = epoch
    if (forkedAt !== null) findings.faults.push({ kind: 'forked', epoch: epoch.epoch, seq: acknowledged + 1, detail: `The server holds other entries from here on, as it said at ${forkedAt}` })
  }
  for (const { epoch, size } of source.receipts) {
    if (!source.epochs.some((each) => each.epoch === epoch)) findings.faults.push({ kind: 'cutTail', epoch, seq: 1, detail: `The server holds ${size} entries of an epoch that is missing here` })
  }
  return findings
}

/** Walks along one epoch, keeping only what the next entry and the receipts need. */
class ChainCheck {
  seq = 0
  private prev: string = NO_ENTRY
  /** The hashes that receipts speak of, by sequence number. */
  readonly heads = new Map<number, string>()
  private readonly epoch: { epoch: number; device: string; publicKey: string }
  private readonly wanted: ReadonlySet<number>
  private readonly faults: AuditFault[]

  constructor(epoch: ChainCheck['epoch'], wanted: ReadonlySet<number>, faults: AuditFault[]) {
    this.epoch = epoch
    this.wanted = wanted
    this.faults = faults
  }

  check(entry: UncheckedEntry): void {
    const fault = (kind: AuditFault['kind'], detail: string) => { this.faults.push({ kind, epoch: entry.epoch, seq: entry.seq, detail }) }
    if (entry.seq !== this.seq + 1) fault('gap', `Entry ${this.seq + 1} is missing`)
    if (entry.prev !== this.prev) fault('brokenLink', 'The entry does not follow the one before it')
    if (hashOfText(entry.payload) !== entry.payloadHash) fault('payloadMismatch', 'The payload was changed')
    if (entryHash(entry) !== entry.hash) fault('hashMismatch', 'The entry was changed')
    else if (entry.device !== this.epoch.device || !verifies(this.epoch.publicKey, Buffer.from(entry.hash, 'hex'), entry.signature)) {
      fault('badSignature', 'The entry was not signed by this device')
    }
    this.seq = entry.seq
    this.prev = entry.hash
    if (this.wanted.has(entry.seq)) this.heads.set(entry.seq, entry.hash)
  }
}

function hashOfText(payload: string): string | undefined {
  try {
    return payloadHash(JSON.parse(payload))
  } catch {
    return undefined
  }
}

/** A chain that is sound in itself may still be cut or written anew; what the server signed for earlier shows it. */
function checkReceipt(source: AuditSource, receipt: AuditReceipt, chain: ChainCheck, faults: AuditFault[]): void {
  const at = { epoch: receipt.epoch, seq: receipt.size }
  const publicKey = source.serverKey(receipt.serverKeyId)
  if (publicKey === undefined || !isSignedBy(publicKey, AUDIT_RECEIPT_DOMAIN, receipt)) {
    faults.push({ kind: 'badReceipt', ...at, detail: 'The receipt was not signed by a server that is known' })
  } else if (receipt.size > chain.seq) {
    faults.push({ kind: 'cutTail', epoch: at.epoch, seq: chain.seq + 1, detail: `The server holds ${receipt.size} entries, here are ${chain.seq}` })
  } else if (chain.heads.get(receipt.size) !== receipt.head) {
    faults.push({ kind: 'recomputed', ...at, detail: 'The server signed for another entry here' })
  }
}
