import { PROBLEM_MEDIA_TYPE } from '../../shared/api/problem.ts'
import { CAPTIVE_PORTAL, type Fault, type FaultProxy } from './faultProxy.ts'
import { randomFrom } from './randomness.ts'

const answer = (status: number, type: string, body: string, headers: Record<string, string> = {}): Fault => ({ kind: 'answer', status, headers: { 'content-type': type, ...headers }, body })
const problem = (status: number, code: string, headers: Record<string, string> = {}) => answer(status, PROBLEM_MEDIA_TYPE, JSON.stringify({ title: code, status, code }), headers)
const page = (status: number, headers: Record<string, string> = {}) => answer(status, 'text/html', `<html>${status}</html>`, headers)
/** What an S3 storage says, as its reference lists the codes. */
const storage = (status: number, code: string) => answer(status, 'application/xml', `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`)

const HOUR_MS = 3_600_000

/** What may happen to any request; none of it is an answer of the orchestrator that refuses work. */
const ANYWHERE = {
  dropBefore: { kind: 'dropBefore' }, dropAfter: { kind: 'dropAfter' }, duplicate: { kind: 'duplicate' }, reorder: { kind: 'reorder' },
  truncate: { kind: 'truncate' }, corrupt: { kind: 'corrupt' }, wrongLength: { kind: 'wrongLength' }, silence: { kind: 'silence' }, stall: { kind: 'stall' },
  shortDelay: { kind: 'delay', ms: 20 }, longDelay: { kind: 'delay', ms: 200 }, lateClock: { kind: 'clock', ms: -HOUR_MS }, earlyClock: { kind: 'clock', ms: HOUR_MS },
  captivePortal: CAPTIVE_PORTAL, badGateway: page(502), redirect: page(302, { location: 'http://127.0.0.1:9/sign-in' }), signInRequired: page(511),
  requestTimeout: page(408), blockedPage: page(403),
} as const satisfies Record<string, Fault>

const AT_THE_ORCHESTRATOR = {
  internal: problem(500, 'internal'), unavailable: problem(503, 'unavailable'), rateLimited: problem(429, 'rateLimited', { 'retry-after': '0' }),
  tokenExpired: problem(401, 'unauthenticated'), otherJson: answer(200, 'application/json', '{}'),
} as const satisfies Record<string, Fault>

const AT_THE_STORAGE = {
  slowDown: storage(503, 'SlowDown'), storageError: storage(500, 'InternalError'), storageTimeout: storage(408, 'RequestTimeout'), conditionalConflict: storage(409, 'ConditionalRequestConflict'),
  addressExpired: storage(403, 'AccessDenied'), corruptUpload: { kind: 'corruptUpload' },
} as const satisfies Record<string, Fault>

/** Every fate by its name. */
const FATES: Record<string, Fault> = { ...ANYWHERE, ...AT_THE_ORCHESTRATOR, ...AT_THE_STORAGE }

/** How often each fate was dealt. */
export type FateCounts = Map<string, number>

/**
 * Lets a share of all requests meet a fate. What the nth request of a kind (method and path without ids) meets follows from the seed, whatever
 * the order in which requests of different kinds come.
 */
export function decideBySeed(proxy: FaultProxy, seed: number, share: number, dealt: FateCounts = new Map()): void {
  const counts = new Map<string, number>()
  proxy.decide = ({ method, path }) => {
    const kind = `${method} ${path.split('?')[0]?.split('/').slice(0, 4).join('/').replace(/[0-9a-f-]{32,}/g, '*') ?? ''}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const random = randomFrom(hashOf(`${seed} ${kind} ${count}`))
    if (random.number() >= share) return { kind: 'pass' }
    const name = random.pick(Object.keys({ ...ANYWHERE, ...(path.startsWith('/objects/') ? AT_THE_STORAGE : AT_THE_ORCHESTRATOR) }))
    dealt.set(name, (dealt.get(name) ?? 0) + 1)
    return FATES[name] ?? { kind: 'pass' }
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash
}
