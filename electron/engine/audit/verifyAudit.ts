import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { ServerKeyId } from '../../../shared/domain/ids.ts'
import type { AuditFault } from '../../../shared/rpc/history.ts'
import type { AuditCheckpoint } from './checkpoint.ts'
import { entryHash, NO_ENTRY, payloadHash } from './hashing.ts'
import { isSignedBy, verifies } from './signedRecord.ts'

/** An audit entry as it is stored, before anything of it is believed; `payload` is JSON text. */
export interface UncheckedEntry {
  epoch: number; seq: number; device: string; prev: string; type: string; payload: string; payloadHash: string
  wall: string; monotonicMs: number; hash: string; signature: string
}

/** Where the log is read from. */
interface AuditSource {
  epochs: readonly { epoch: number; device: string; publicKey: string; acknowledged: number; forkedAt: string | null }[]
  receipts: readonly AuditReceipt[]
  /** How far the device itself said that its chain goes, as it is kept apart from the database. */
  checkpoint?: AuditCheckpoint | undefined
  /** Entries of an epoch after `seq`, in order, at most `limit`. */
  entriesAfter(epoch: number, seq: number, limit: number): readonly UncheckedEntry[]
  serverKey(id: ServerKeyId): string | undefined
}

export interface AuditFindings { entries: number; acknowledged: number; faults: AuditFault[] }

/** Entries checked in one go: about 10 ms, so that the event loop stays free. */
const RUN = 50

/** How far from its place an entry is looked for that was moved: its hash covers its number. */
const MOVED_WITHIN = 200

/**
 * Checks every epoch of the log: hashes, links, numbering, signatures, and that what was said of it elsewhere still fits: the server's receipts, the
 * device's checkpoint, and what each epoch's first entry says of the epoch before.
 * @throws the signal's reason when it is aborted.
 */
export async function verifyAudit(source: AuditSource, onProgress: (entries: number) => void, signal: AbortSignal): Promise<AuditFindings> {
  const findings: AuditFindings = { entries: 0, acknowledged: 0, faults: [] }
  let before: ChainCheck | undefined
  for (const [place, epoch] of source.epochs.entries()) {
    if (epoch.epoch !== place + 1) findings.faults.push({ kind: 'gap', epoch: place + 1, seq: 1, detail: 'The whole epoch is missing' })
    const receipts = source.receipts.filter((receipt) => receipt.epoch === epoch.epoch)
    const checkpoint = source.checkpoint?.device === epoch.device ? [source.checkpoint] : []
    const chain = new ChainCheck(epoch, new Set([...receipts, ...checkpoint].map(({ size }) => size)), findings.faults)
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
    if (before !== undefined) checkSuccession(before, chain, findings.faults)
    before = chain
    const { acknowledged, forkedAt } = epoch
    if (forkedAt !== null) findings.faults.push({ kind: 'forked', epoch: epoch.epoch, seq: acknowledged + 1, detail: `The server holds other entries from here on, as it said at ${forkedAt}` })
  }
  checkCheckpoint(source.checkpoint, before, findings.faults)
  for (const { epoch, size } of source.receipts) {
    if (!source.epochs.some((each) => each.epoch === epoch)) findings.faults.push({ kind: 'cutTail', epoch, seq: 1, detail: `The server holds ${size} entries of an epoch that is missing here` })
  }
  return findings
}

/** Walks along one epoch, keeping only what the next entry and the receipts need. */
class ChainCheck {
  seq = 0
  head: string = NO_ENTRY
  /** The payload of the first entry. */
  first: string | undefined
  /** The hashes that receipts speak of, by sequence number. */
  readonly heads = new Map<number, string>()
  readonly epoch: { epoch: number; device: string; publicKey: string }
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
    if (entry.prev !== this.head) fault('brokenLink', 'The entry does not follow the one before it')
    if (hashOfText(entry.payload) !== entry.payloadHash) fault('payloadMismatch', 'The payload was changed')
    const original = entryHash(entry) === entry.hash ? entry.seq : originalPlace(entry)
    if (original === undefined) fault('hashMismatch', 'The entry was changed')
    else if (original !== entry.seq) fault('reordered', `This is entry ${original}`)
    else if (entry.device !== this.epoch.device || !verifies(this.epoch.publicKey, Buffer.from(entry.hash, 'hex'), entry.signature)) {
      fault('badSignature', 'The entry was not signed by this device')
    }
    this.first ??= entry.payload
    this.seq = entry.seq
    this.head = entry.hash
    if (this.wanted.has(entry.seq)) this.heads.set(entry.seq, entry.hash)
  }
}

/** The number that an entry was made with, when it was moved from not too far away. */
function originalPlace(entry: UncheckedEntry): number | undefined {
  for (let distance = 1; distance <= MOVED_WITHIN; distance++) {
    for (const seq of [entry.seq - distance, entry.seq + distance]) {
      if (seq > 0 && entryHash({ ...entry, seq }) === entry.hash) return seq
    }
  }
  return undefined
}

const PredecessorSchema = z.object({ details: z.object({ previousEpoch: z.int(), previousSize: z.int(), previousHead: z.string() }) })

/** The first entry of an epoch says where the one before it ended. */
function checkSuccession(before: ChainCheck, { first }: ChainCheck, faults: AuditFault[]): void {
  const predecessor = PredecessorSchema.safeParse(jsonOf(first))
  if (!predecessor.success || predecessor.data.details.previousEpoch !== before.epoch.epoch) return
  const { previousSize, previousHead } = predecessor.data.details
  if (before.seq <= previousSize) compareEnd({ epoch: before.epoch.epoch, size: previousSize, head: previousHead, told: 'The next epoch' }, before, faults)
  else faults.push({ kind: 'added', epoch: before.epoch.epoch, seq: previousSize + 1, detail: `The epoch had ended with entry ${previousSize}` })
}

/** A checkpoint may be older than the chain, never newer. It is only of use for the newest epoch: another database brings one of its own. */
function checkCheckpoint(checkpoint: AuditCheckpoint | undefined, newest: ChainCheck | undefined, faults: AuditFault[]): void {
  if (checkpoint === undefined || newest === undefined || checkpoint.device !== newest.epoch.device) return
  compareEnd({ ...checkpoint, told: "The device's checkpoint" }, newest, faults)
}

/** What somebody told of a chain's end, against the chain. */
function compareEnd({ epoch, size, head, told }: { epoch: number; size: number; head: string; told: string }, chain: ChainCheck, faults: AuditFault[]): void {
  if (size > chain.seq) faults.push({ kind: 'cutTail', epoch, seq: chain.seq + 1, detail: `${told} speaks of ${size} entries, here are ${chain.seq}` })
  else if ((chain.heads.get(size) ?? chain.head) !== head) faults.push({ kind: 'recomputed', epoch, seq: size, detail: `${told} speaks of another entry here` })
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
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
