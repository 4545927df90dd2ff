import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cohenKappa } from '../../../../shared/quality/cohenKappa.ts'
import { fleissKappa } from '../../../../shared/quality/fleissKappa.ts'
import { krippendorffAlpha } from '../../../../shared/quality/krippendorffAlpha.ts'
import { holds } from '../../../builders/property.ts'

/** What two raters said of items, from a table of yes and no: yes-yes, yes-no, no-yes, no-no. */
const twoByTwo = (counts: readonly number[]) => counts.flatMap((count, cell) => Array.from({ length: count }, () => [cell < 2 ? 'yes' : 'no', cell % 2 === 0 ? 'yes' : 'no'] as const))
/** One line an observer, one character a unit; a dot for what is missing. */
const unitsOf = (...lines: string[]) => Array.from({ length: lines[0]?.length ?? 0 }, (_, unit) => lines.map((line) => line[unit] ?? '.').filter((value) => value !== '.'))

describe('cohenKappa', () => {
  it.each([
    ['50 grant proposals read by two', [20, 5, 10, 15], 0.4],
    ['the same percentage agreement, similar marginals', [45, 15, 25, 15], 0.1304],
    ['the same percentage agreement, different marginals', [25, 35, 5, 35], 0.2593],
  ])('of %s (en.wikipedia.org/wiki/Cohen%27s_kappa)', (_, table, expected) => {
    expect(cohenKappa(twoByTwo(table))).toBeCloseTo(expected, 4)
  })

  it('is undefined without items, and where there is but one category', () => {
    expect(cohenKappa([])).toBeUndefined()
    expect(cohenKappa([['a', 'a'], ['a', 'a']])).toBeUndefined()
  })
})

describe('fleissKappa', () => {
  const table = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
  ]
  it('of fourteen raters who put ten subjects into five categories is 0.210 (en.wikipedia.org/wiki/Fleiss%27_kappa, after Fleiss 1971)', () => {
    const items = table.map((counts) => counts.flatMap((count, category) => Array.from({ length: count }, () => `${category}`)))
    expect(fleissKappa(items)).toBeCloseTo(0.21, 3)
  })

  it('wants the same number of ratings for every item', () => {
    expect(() => fleissKappa([['a', 'b'], ['a']])).toThrow('same number of ratings')
    expect(() => fleissKappa([['a'], ['b']])).toThrow('two at least')
    expect(fleissKappa([])).toBeUndefined()
  })
})

describe('krippendorffAlpha (Krippendorff 2011, Computing Krippendorff\'s Alpha-Reliability)', () => {
  it('A: of two observers and binary data is 0.095', () => {
    expect(krippendorffAlpha(unitsOf('0100000010', '1110010000'))).toBeCloseTo(0.095, 3)
  })

  it('B: of two observers and five categories is 0.692', () => {
    expect(krippendorffAlpha(unitsOf('aabbdcccedda', 'babbbccceddd'))).toBeCloseTo(0.692, 3)
  })

  it('C: of four observers with missing values is 0.743', () => {
    expect(krippendorffAlpha(unitsOf('123321412...', '1233224125.3', '.3332342251.', '12332441251.'))).toBeCloseTo(0.743, 3)
  })

  it('of three coders who left out much is 0.691 (en.wikipedia.org/wiki/Krippendorff%27s_alpha)', () => {
    expect(krippendorffAlpha(unitsOf('.....34121133.3', '1.213343.......', '..21344.21133.4'))).toBeCloseTo(0.691, 3)
  })

  it('is undefined where nothing can be paired, and where there is but one category', () => {
    expect(krippendorffAlpha([['a'], []])).toBeUndefined()
    expect(krippendorffAlpha([['a', 'a'], ['a', 'a']])).toBeUndefined()
  })

  it('nears Cohen\'s and Fleiss\' kappa of the same two raters as the items become many', () => {
    const ratings = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c')), { minLength: 200, maxLength: 300 })
    holds('alpha beside the kappas', fc.property(ratings, (items) => {
      const alpha = krippendorffAlpha(items) ?? 0
      expect(fleissKappa(items) ?? 0).toBeCloseTo(alpha, 1)
      expect(Math.abs((cohenKappa(items) ?? 0) - alpha)).toBeLessThan(0.1)
    }), 50)
  })
})
