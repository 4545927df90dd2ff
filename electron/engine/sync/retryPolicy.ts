import { RemoteError, type RemoteFailure } from '../../../shared/api/remoteError.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import type { SyncErrorNote } from './ports.ts'

/** The three ends that a failed attempt may have; there is no fourth one that drops work. */
export type End = 'retry' | 'refresh' | 'deadLetter'

/** Which end a failure has. */
export function classify(failure: RemoteFailure): End {
  switch (failure.kind) {
    case 'offline': case 'transient': case 'throttled': case 'captivePortal': case 'corrupt': case 'cursorExpired': return 'retry'
    case 'unauthorized': case 'grantExpired': return 'refresh'
    case 'notFound': case 'conflict': case 'refused': return 'deadLetter'
    default: return assertNever(failure, 'remote failure')
  }
}

/** Whether a failure tells of the way to the remote rather than of what was sent: then nothing else would fare better now. */
export function isLinkFailure(failure: RemoteFailure): boolean {
  return failure.kind === 'offline' || failure.kind === 'captivePortal' || failure.kind === 'throttled' || failure.kind === 'unauthorized'
}

/** Milliseconds: the bound of the first wait, and the bound that none exceeds. */
export interface Backoff { baseMs: number; capMs: number }
export const ITEM_BACKOFF: Backoff = { baseMs: 2_000, capMs: 5 * 60_000 }
export const LINK_BACKOFF: Backoff = { baseMs: 1_000, capMs: 60_000 }
const SHORTEST_MS = 100
/** A server may ask for a longer pause; it would look like a lost connection to the person. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000

/**
 * Milliseconds to wait after the given number of failures in a row (1 and up): capped exponential with full jitter, so that workstations that
 * lost the same server do not come back together (AWS Architecture Blog, "Exponential Backoff and Jitter").
 * @param random gives numbers from 0 to 1
 */
export function backoffMs(failures: number, { baseMs, capMs }: Backoff, random: () => number): number {
  const bound = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30))
  return Math.max(SHORTEST_MS, Math.round(random() * bound))
}

/** How long a server asked to be left alone, in milliseconds; 0 when it did not. */
export function retryAfterMs(failure: RemoteFailure): number {
  return failure.kind === 'throttled' ? Math.min(failure.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS) : 0
}

/**
 * Any error as one that sync knows the end of. What is not a driver's error (a receipt that does not verify, say) counts as a corrupt
 * answer: it is tried again and shown.
 */
export function asRemoteError(error: unknown): RemoteError {
  if (error instanceof RemoteError) return error
  return new RemoteError({ kind: 'corrupt' }, error instanceof Error ? error.message : String(error), { cause: error })
}

export function noteOf(error: RemoteError, now: number): SyncErrorNote {
  return { at: instantOf(now), kind: error.failure.kind, message: error.message }
}
