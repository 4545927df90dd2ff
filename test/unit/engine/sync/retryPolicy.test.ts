import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RemoteError, type RemoteFailure } from '../../../../electron/engine/sync/ports.ts'
import { asRemoteError, backoffMs, classify, isLinkFailure, retryAfterMs, type End } from '../../../../electron/engine/sync/retryPolicy.ts'

describe('retry policy', () => {
  it.each<[RemoteFailure, End, boolean]>([
    [{ kind: 'offline' }, 'retry', true],
    [{ kind: 'transient', status: 500 }, 'retry', false],
    [{ kind: 'throttled' }, 'retry', true],
    [{ kind: 'captivePortal' }, 'retry', true],
    [{ kind: 'corrupt' }, 'retry', false],
    [{ kind: 'cursorExpired' }, 'retry', false],
    [{ kind: 'unauthorized' }, 'refresh', true],
    [{ kind: 'grantExpired' }, 'refresh', false],
    [{ kind: 'notFound' }, 'deadLetter', false],
    [{ kind: 'conflict', status: 409, code: 'conflict' }, 'deadLetter', false],
    [{ kind: 'refused', status: 422, code: 'invalid' }, 'deadLetter', false],
  ])('gives %o one of three ends', (failure, end, link) => {
    expect(classify(failure)).toBe(end)
    expect(isLinkFailure(failure)).toBe(link)
  })

  it('waits a random time under a bound that doubles up to a cap', () => {
    const backoff = { baseMs: 1_000, capMs: 60_000 }
    const longest = [1, 2, 3, 6, 7, 8, 500].map((failures) => backoffMs(failures, backoff, () => 1))
    expect(longest).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000])
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const wait = backoffMs(failures, backoff, () => random)
      expect(wait).toBeGreaterThanOrEqual(100)
      expect(wait).toBeLessThanOrEqual(60_000)
    }))
  })

  it('honours Retry-After up to a quarter of an hour', () => {
    expect(retryAfterMs({ kind: 'throttled', retryAfterMs: 7_000 })).toBe(7_000)
    expect(retryAfterMs({ kind: 'throttled', retryAfterMs: 86_400_000 })).toBe(900_000)
    expect(retryAfterMs({ kind: 'throttled' })).toBe(0)
    expect(retryAfterMs({ kind: 'offline' })).toBe(0)
  })

  it('takes an error that no driver made for a corrupt answer', () => {
    const known = new RemoteError({ kind: 'offline' }, 'x')
    expect(asRemoteError(known)).toBe(known)
    expect(asRemoteError(new Error('the signature does not hold'))).toMatchObject({ failure: { kind: 'corrupt' }, message: 'the signature does not hold' })
  })
})
