import { z } from 'zod'
import { assertNever } from './assertNever.ts'
import type { RevisionId, UserId } from './ids.ts'

/**
 * Which results a reviewer looks at: all; each n-th of every annotator; a share at random, the same for the same seed; or by an annotator's record, so that
 * newcomers and people whose results are rejected are looked at more.
 */
export const SamplingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('everyNth'), n: z.int().min(2).max(1000) }),
  z.object({ kind: z.literal('random'), percent: z.number().min(1).max(100), seed: z.int().min(0).max(2 ** 31 - 1) }),
  z.object({ kind: z.literal('byRecord'), seed: z.int().min(0).max(2 ** 31 - 1) }),
])
export type Sampling = z.infer<typeof SamplingSchema>

/** A result that may be looked at. */
export interface SampleCandidate { revisionId: RevisionId; author: UserId }

/** How an annotator's results were judged so far. */
export interface AnnotatorRecord { reviewed: number; rejected: number }

/** Everybody's results are all looked at until so many were judged. */
const NEWCOMER_REVIEWS = 20
/** Of the results of whoever is never rejected so many are still looked at, from 0 to 1. */
const LEAST_SHARE = 0.05

/**
 * The candidates that a rule picks, in the order given. A rule decides on each result by itself (but `everyNth`, which counts an annotator's in the order
 * given), so that one that was picked stays picked while others come and go. `recordsOf` is asked only by a rule that goes by records.
 */
export function sampleResults<C extends SampleCandidate>(rule: Sampling, candidates: readonly C[], recordsOf: () => ReadonlyMap<UserId, AnnotatorRecord>): C[] {
  switch (rule.kind) {
    case 'all': return [...candidates]
    case 'everyNth': {
      const counted = new Map<UserId, number>()
      return candidates.filter(({ author }) => {
        const place = counted.get(author) ?? 0
        counted.set(author, place + 1)
        return place % rule.n === 0
      })
    }
    case 'random': return candidates.filter(({ revisionId }) => drawOf(revisionId, rule.seed) < rule.percent / 100)
    case 'byRecord': {
      const records = recordsOf()
      return candidates.filter(({ revisionId, author }) => drawOf(revisionId, rule.seed) < shareFor(records.get(author)))
    }
    default: return assertNever(rule, 'sampling rule')
  }
}

/** The share of an annotator's results to be looked at, from 0 to 1: twice what was rejected of them, all of a newcomer's. */
export function shareFor(record: AnnotatorRecord | undefined): number {
  if (record === undefined || record.reviewed < NEWCOMER_REVIEWS) return 1
  return Math.min(1, Math.max(LEAST_SHARE, (2 * record.rejected) / record.reviewed))
}

/** A number from 0 to 1 that only the result and the seed decide: a revision's id is a hash already, the seed turns it (FNV-1a, 32 bits). */
function drawOf(revisionId: RevisionId, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let index = 0; index < revisionId.length; index++) hash = Math.imul(hash ^ revisionId.charCodeAt(index), 0x01000193) >>> 0
  // The last bits of FNV are its best mixed ones only after one more turn.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39) >>> 0
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
