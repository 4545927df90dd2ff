import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { AuditFault } from '../../../shared/rpc/history.ts'
import { entryHash, payloadHash } from './hashing.ts'

/** An audit entry as it is stored, before anything of it is believed; `payload` is JSON text. */
export interface UncheckedEntry {
  epoch: number; seq: number; device: string; prev: string; type: string; payload: string; payloadHash: string
  wall: string; monotonicMs: number; hash: string; signature: string
}

/** Whose chain entries should belong to; `publicKey` is SPKI in PEM. */
export interface ChainOwner { device: string; publicKey: string }

/** What is wrong with one entry, whatever stands around it. */
export interface EntryFault { seq: number; kind: AuditFault['kind']; detail: string }

/** How far from its place an entry is looked for that was moved: its hash covers its number. */
const MOVED_WITHIN = 200
/** A search takes some milliseconds: a log that was changed all over is not searched all over. */
const MOST_SEARCHES = 500

/** Checks entries each by itself: payload, hash, place and signature. Whether they follow each other is for the chain to say. */
export class EntryChecker {
  readonly #keys = new Map<string, KeyObject | undefined>()
  #searches = 0

  /** What is wrong with the entries, in their order. */
  check(owner: ChainOwner, entries: readonly UncheckedEntry[]): EntryFault[] {
    const key = this.#keyOf(owner.publicKey)
    return entries.flatMap((entry) => this.#faultsOf(entry, owner, key))
  }

  #faultsOf(entry: UncheckedEntry, owner: ChainOwner, key: KeyObject | undefined): EntryFault[] {
    const faults: EntryFault[] = []
    const fault = (kind: EntryFault['kind'], detail: string) => { faults.push({ seq: entry.seq, kind, detail }) }
    if (hashOfText(entry.payload) !== entry.payloadHash) fault('payloadMismatch', 'The payload was changed')
    const original = entryHash(entry) === entry.hash ? entry.seq : this.#originalPlace(entry)
    if (original === undefined) fault('hashMismatch', 'The entry was changed')
    else if (original !== entry.seq) fault('reordered', `This is entry ${original}`)
    else if (entry.device !== owner.device || !isSigned(key, entry)) fault('badSignature', 'The entry was not signed by this device')
    return faults
  }

  /** The number that an entry was made with, when it was moved from not too far away. */
  #originalPlace(entry: UncheckedEntry): number | undefined {
    if (++this.#searches > MOST_SEARCHES) return undefined
    for (let distance = 1; distance <= MOVED_WITHIN; distance++) {
      for (const seq of [entry.seq - distance, entry.seq + distance]) {
        if (seq > 0 && entryHash({ ...entry, seq }) === entry.hash) return seq
      }
    }
    return undefined
  }

  #keyOf(publicKey: string): KeyObject | undefined {
    if (!this.#keys.has(publicKey)) this.#keys.set(publicKey, parsedKey(publicKey))
    return this.#keys.get(publicKey)
  }
}

/** Reading the key once for all entries saves a tenth of the time. */
function parsedKey(publicKey: string): KeyObject | undefined {
  try {
    return createPublicKey(publicKey)
  } catch {
    return undefined
  }
}

function isSigned(key: KeyObject | undefined, { hash, signature }: UncheckedEntry): boolean {
  try {
    return key !== undefined && verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

function hashOfText(payload: string): string | undefined {
  try {
    return payloadHash(JSON.parse(payload))
  } catch {
    return undefined
  }
}
