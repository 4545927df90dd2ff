import { PROBLEM_MEDIA_TYPE } from '../../shared/api/problem.ts'
import { CAPTIVE_PORTAL, type Fault, type FaultProxy } from './faultProxy.ts'
import { randomFrom } from './randomness.ts'

const problem = (status: number, code: string, headers: Record<string, string> = {}): Fault =>
  ({ kind: 'answer', status, headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...headers }, body: JSON.stringify({ title: code, status, code }) })

/** What may happen to a request; none of it is an answer of the orchestrator that refuses work. */
const FAULTS: readonly Fault[] = [
  { kind: 'dropBefore' }, { kind: 'dropAfter' }, { kind: 'dropAfter' }, { kind: 'duplicate' }, { kind: 'duplicate' }, { kind: 'truncate' }, { kind: 'silence' },
  { kind: 'delay', ms: 20 }, { kind: 'delay', ms: 200 }, CAPTIVE_PORTAL,
  problem(500, 'internal'), problem(503, 'unavailable'), problem(429, 'rateLimited', { 'retry-after': '0' }), problem(401, 'unauthenticated'),
  { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' },
]

/**
 * Lets a share of all requests meet a fault. What the nth request of a kind (method and path without ids) meets follows from the seed, whatever
 * the order in which requests of different kinds come.
 */
export function decideBySeed(proxy: FaultProxy, seed: number, share: number): void {
  const counts = new Map<string, number>()
  proxy.decide = ({ method, path }) => {
    const kind = `${method} ${path.split('?')[0]?.split('/').slice(0, 4).join('/').replace(/[0-9a-f-]{32,}/g, '*') ?? ''}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const random = randomFrom(hashOf(`${seed} ${kind} ${count}`))
    return random.number() < share ? random.pick(FAULTS) : { kind: 'pass' }
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash
}
