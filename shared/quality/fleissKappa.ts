import { beyondChance, countsOf } from './nominal.ts'

/**
 * Fleiss' kappa of several raters who put the same items into categories: the categories that each item was given, one a rater, whoever they were. Undefined
 * without items, and where all ratings are of one category. (J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76
 * (1971) 378-382.)
 * @throws RangeError where items have different numbers of ratings, or fewer than two: that is for Krippendorff's alpha.
 */
export function fleissKappa(items: readonly (readonly string[])[]): number | undefined {
  const raters = items[0]?.length
  if (raters === undefined) return undefined
  if (raters < 2 || items.some(({ length }) => length !== raters)) throw new RangeError('Every item wants the same number of ratings, two at least')
  const agreements = items.map((ratings) => [...countsOf(ratings).values()].reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1)))
  const observed = agreements.reduce((sum, agreement) => sum + agreement, 0) / items.length
  const all = items.flat()
  const expected = [...countsOf(all).values()].reduce((sum, count) => sum + (count / all.length) ** 2, 0)
  return beyondChance(observed, expected)
}
