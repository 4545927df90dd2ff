import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { RevisionIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import { sampleResults, shareFor } from '../../../../shared/domain/sampling.ts'
import { holds } from '../../../builders/property.ts'

const ada = UserIdSchema.parse('ada')
const ben = UserIdSchema.parse('ben')
const results = Array.from({ length: 2000 }, (_, index) => ({
  revisionId: RevisionIdSchema.parse(createHash('sha256').update(String(index)).digest('hex')), author: index % 4 === 0 ? ben : ada,
}))
const none = () => new Map()

describe('a sample of results', () => {
  it('is all of them, or each n-th of every annotator', () => {
    expect(sampleResults({ kind: 'all' }, results, none)).toEqual(results)
    const picked = sampleResults({ kind: 'everyNth', n: 10 }, results, none)
    expect(picked.filter(({ author }) => author === ada)).toHaveLength(150)
    expect(picked.filter(({ author }) => author === ben)).toHaveLength(50)
  })

  it('at random has about the share that was asked for, the same for the same seed and another for another one', () => {
    const pick = (seed: number) => sampleResults({ kind: 'random', percent: 20, seed }, results, none)
    expect(pick(1)).toEqual(pick(1))
    expect(pick(1)).not.toEqual(pick(2))
    // Five standard deviations of a binomial of 2,000 at 0.2 are 89.
    for (const seed of [1, 2, 3]) expect(Math.abs(pick(seed).length - 400)).toBeLessThan(90)
  })

  it('at random keeps what was picked while other results come and go', () => {
    holds('sampling is stable', fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.subarray(results), (seed, some) => {
      const rule = { kind: 'random', percent: 30, seed } as const
      const all = new Set(sampleResults(rule, results, none))
      expect(sampleResults(rule, some, none)).toEqual(some.filter((result) => all.has(result)))
    }))
  })

  it('by record looks at everything of newcomers and of those who are rejected often, and at a twentieth of the faultless', () => {
    expect(shareFor(undefined)).toBe(1)
    expect(shareFor({ reviewed: 19, rejected: 0 })).toBe(1)
    expect(shareFor({ reviewed: 100, rejected: 60 })).toBe(1)
    expect(shareFor({ reviewed: 100, rejected: 20 })).toBeCloseTo(0.4)
    expect(shareFor({ reviewed: 100, rejected: 0 })).toBe(0.05)
    const picked = sampleResults({ kind: 'byRecord', seed: 7 }, results, () => new Map([[ada, { reviewed: 100, rejected: 0 }]]))
    expect(picked.filter(({ author }) => author === ben)).toHaveLength(500)
    expect(Math.abs(picked.filter(({ author }) => author === ada).length - 75)).toBeLessThan(45)
  })
})
