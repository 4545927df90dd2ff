import { instantOf } from '../../../shared/domain/ids.ts'
import { backoffMs, classify, ITEM_BACKOFF, LINK_BACKOFF, noteOf, retryAfterMs } from './retryPolicy.ts'
import type { RoundOutcome } from './round.ts'
import type { RoundFacts } from './status.ts'

/** The code of the refusal to let another person sign in; no orchestrator's. */
export const OTHER_USER = 'otherUser'
/** With nothing to send, the orchestrator is asked for news this often, in milliseconds. */
const POLL_MS = 60_000
const SHORTEST_PAUSE_MS = 100

/** How long to wait for the next round. A `hard` pause was asked for by the server: no wake-up ends it. */
export interface Pause { ms: number; hard: boolean }

/**
 * The pause after a round.
 * @param failedRounds in a row, this one included
 * @param untilDueMs milliseconds until the next thing to send is due; undefined when there is none
 */
export function pauseAfter(outcome: RoundOutcome, failedRounds: number, untilDueMs: number | undefined, random: () => number): Pause {
  const asked = Math.max(0, ...outcome.failures.map(({ failure }) => retryAfterMs(failure)))
  if (asked > 0) return { ms: asked, hard: true }
  if (linkOf(outcome) !== 'ok') return { ms: backoffMs(failedRounds, LINK_BACKOFF, random), hard: false }
  // What is due later than any backoff can explain shows a clock that was set back, and the next round sends it.
  const isSetBack = untilDueMs !== undefined && untilDueMs > ITEM_BACKOFF.capMs
  const regular = failedRounds > 0 ? backoffMs(failedRounds, LINK_BACKOFF, random) : isSetBack ? 0 : POLL_MS
  return { ms: Math.max(SHORTEST_PAUSE_MS, Math.min(regular, untilDueMs ?? Infinity)), hard: false }
}

/** Whether a round counts as failed for the pause after it. Work that was refused was answered, and does not slow down the rest. */
export function isFailedRound(outcome: RoundOutcome): boolean {
  return outcome.failures.some(({ failure }) => classify(failure) !== 'deadLetter') || (!outcome.pulled && outcome.massDelete === undefined)
}

/** What is known after a round. `now` in milliseconds since 1970; `dead` is the number of dead letters. */
export function factsAfter(facts: RoundFacts, outcome: RoundOutcome, dead: number, now: number): RoundFacts {
  const isClean = outcome.failures.length === 0 && outcome.massDelete === undefined && outcome.pulled
  return {
    ...facts,
    lastPullWorked: outcome.pulled,
    link: linkOf(outcome),
    needsAttention: outcome.massDelete !== undefined || outcome.failures.some(({ failure }) => classify(failure) === 'deadLetter'),
    lastSyncAt: isClean ? now : facts.lastSyncAt,
    // With dead letters left, the reason of the last one is still news.
    lastError: errorOf(outcome, now) ?? (isClean && dead === 0 ? undefined : facts.lastError),
    refused: refusedOf(outcome, now) ?? facts.refused,
  }
}

function linkOf(outcome: RoundOutcome): RoundFacts['link'] {
  const kinds = new Set(outcome.failures.map(({ failure }) => failure.kind))
  if (kinds.has('unauthorized')) return 'unauthorized'
  return kinds.has('offline') || kinds.has('captivePortal') ? 'offline' : 'ok'
}

function refusedOf({ refused }: RoundOutcome, now: number): RoundFacts['refused'] {
  const [first] = refused
  if (first === undefined) return undefined
  const message = `${refused.length} records of the orchestrator were refused; the first is ${first.kind} ${first.id}: ${first.reason}`
  return { at: instantOf(now), kind: 'recordRefused', message }
}

function errorOf(outcome: RoundOutcome, now: number): RoundFacts['lastError'] {
  if (outcome.massDelete) return { at: instantOf(now), kind: 'massDelete', message: outcome.massDelete.message }
  const last = outcome.failures.at(-1)
  if (last === undefined) return undefined
  // Another person's work is here: that wants choices of its own.
  const isOther = last.failure.kind === 'refused' && last.failure.code === OTHER_USER
  return isOther ? { ...noteOf(last, now), kind: 'otherUser' } : noteOf(last, now)
}
