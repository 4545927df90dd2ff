import { beyondChance, countsOf } from './nominal.ts'

/**
 * Cohen's kappa of two raters who put the same items into categories, one pair of categories an item: 1 for full agreement, 0 for that of chance. Undefined
 * without items, and where both used one and the same category alone. (J. Cohen, A coefficient of agreement for nominal scales, Educational and
 * Psychological Measurement 20 (1960) 37-46.)
 */
export function cohenKappa(items: readonly (readonly [string, string])[]): number | undefined {
  const total = items.length
  if (total === 0) return undefined
  const first = countsOf(items.map(([category]) => category))
  const second = countsOf(items.map(([, category]) => category))
  const observed = items.filter(([one, other]) => one === other).length / total
  const expected = [...first].reduce((sum, [category, count]) => sum + (count * (second.get(category) ?? 0)) / total ** 2, 0)
  return beyondChance(observed, expected)
}
