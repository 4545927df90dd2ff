import type { AuditFault } from '../../../shared/rpc/history.ts'
import type { ChainOwner, UncheckedEntry } from './checkEntries.ts'
import { NO_ENTRY } from './hashing.ts'

/** The chain of one epoch. */
export interface Epoch extends ChainOwner { epoch: number; acknowledged: number; forkedAt: string | null }

/** Faults as they are found: all are counted, and the first ones of a log that was changed all over are kept. */
export class FaultList {
  static readonly KEPT = 1000
  readonly kept: AuditFault[] = []
  count = 0

  add(fault: AuditFault): void {
    this.count += 1
    if (this.kept.length < FaultList.KEPT) this.kept.push(fault)
  }

  /** Brings those after the first `start` into the order of entries: what entries are by themselves is found later than how they stand together. */
  orderFrom(start: number): void {
    this.kept.push(...this.kept.splice(start).sort((a, b) => a.seq - b.seq))
  }
}

/** Walks along one epoch, keeping only what the next entry and the receipts need. */
export class ChainCheck {
  seq = 0
  head: string = NO_ENTRY
  /** The payload of the first entry. */
  first: string | undefined
  /** The hashes that receipts speak of, by sequence number. */
  readonly heads = new Map<number, string>()
  readonly epoch: Epoch
  readonly #wanted: ReadonlySet<number>
  readonly #faults: FaultList

  constructor(epoch: Epoch, wanted: ReadonlySet<number>, faults: FaultList) {
    this.epoch = epoch
    this.#wanted = wanted
    this.#faults = faults
  }

  fault(kind: AuditFault['kind'], seq: number, detail: string): void {
    const { device, epoch } = this.epoch
    this.#faults.add({ kind, device, epoch, seq, detail })
  }

  /** Takes the next entry: it should have the next number and name the one before it. */
  follow(entry: UncheckedEntry): void {
    if (entry.seq !== this.seq + 1) this.fault('gap', entry.seq, `Entry ${this.seq + 1} is missing`)
    if (entry.prev !== this.head) this.fault('brokenLink', entry.seq, 'The entry does not follow the one before it')
    this.first ??= entry.payload
    this.seq = entry.seq
    this.head = entry.hash
    if (this.#wanted.has(entry.seq)) this.heads.set(entry.seq, entry.hash)
  }

  /** Compares what somebody told of the chain's end with the chain. */
  compareEnd({ size, head }: { size: number; head: string }, told: string): void {
    if (size > this.seq) this.fault('cutTail', this.seq + 1, `${told} speaks of ${size} entries, here are ${this.seq}`)
    else if ((this.heads.get(size) ?? this.head) !== head) this.fault('recomputed', size, `${told} speaks of another entry here`)
  }
}
