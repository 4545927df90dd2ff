import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign, type Candidate } from '../../../../shared/geometry/assignment.ts'
import { holds } from '../../../builders/property.ts'

const worthOf = (pairs: readonly Candidate[]) => pairs.reduce((sum, { worth }) => sum + worth, 0)

/** The most that any choice of pairs is worth, by trying all. */
function bestByTrying(candidates: readonly Candidate[]): number {
  const [first, ...rest] = candidates
  if (first === undefined) return 0
  const without = bestByTrying(rest)
  return Math.max(without, first.worth + bestByTrying(rest.filter(({ left, right }) => left !== first.left && right !== first.right)))
}

const candidates = fc.uniqueArray(
  fc.record({ left: fc.nat(4), right: fc.nat(6), worth: fc.integer({ min: 1, max: 20 }).map((value) => value / 20) }),
  { maxLength: 12, selector: ({ left, right }) => `${left}/${right}` },
)

describe('assign', () => {
  it('finds the pairs that are worth most together, not the best pair first', () => {
    const pairs = assign([{ left: 0, right: 0, worth: 0.9 }, { left: 0, right: 1, worth: 0.8 }, { left: 1, right: 0, worth: 0.8 }])
    expect(pairs.map(({ left, right }) => [left, right])).toEqual([[0, 1], [1, 0]])
  })

  it('solves the example of Kuhn 1955 (The Hungarian method for the assignment problem, section 2): four jobs, each with somebody who is qualified', () => {
    const qualified = [[1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 1]]
    const all = qualified.flatMap((row, left) => row.flatMap((worth, right) => (worth > 0 ? [{ left, right, worth }] : [])))
    expect(worthOf(assign(all))).toBe(3)
  })

  it('is as good as the best of all choices, and uses nothing twice', () => {
    holds('assignment against brute force', fc.property(candidates, (all) => {
      const pairs = assign(all)
      expect(worthOf(pairs)).toBeCloseTo(bestByTrying(all), 9)
      for (const side of ['left', 'right'] as const) expect(new Set(pairs.map((pair) => pair[side])).size).toBe(pairs.length)
      expect(pairs.every((pair) => all.includes(pair))).toBe(true)
    }))
  })

  it('takes the better of two candidates for one pair, and nothing from nothing', () => {
    expect(assign([{ left: 3, right: 4, worth: 0.2 }, { left: 3, right: 4, worth: 0.7 }])).toEqual([{ left: 3, right: 4, worth: 0.7 }])
    expect(assign([])).toEqual([])
  })
})
