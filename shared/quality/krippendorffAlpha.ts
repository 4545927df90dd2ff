import { countsOf } from './nominal.ts'

/**
 * Krippendorff's alpha for categories: the categories that each unit was given, as many as observers looked at it; units with fewer than two say nothing.
 * 1 for full agreement, 0 for that of chance. Undefined where nothing can be paired, and where all are of one category. (K. Krippendorff, Computing
 * Krippendorff's Alpha-Reliability, University of Pennsylvania (2011), https://repository.upenn.edu/asc_papers/43, part C.)
 */
export function krippendorffAlpha(units: readonly (readonly string[])[]): number | undefined {
  const pairable = units.filter(({ length }) => length > 1)
  const values = pairable.flat()
  const total = values.length
  // Within a unit of m values each pair of two counts 1 / (m - 1), so that every value counts once.
  const observed = pairable.reduce((sum, unit) => sum + differingPairs(unit) / (unit.length - 1), 0) / total
  const expected = differingPairs(values) / (total * (total - 1))
  return expected > 0 ? 1 - observed / expected : undefined
}

/** How many ordered pairs of two of the values are of different categories. */
function differingPairs(values: readonly string[]): number {
  return [...countsOf(values).values()].reduce((sum, count) => sum + count * (values.length - count), 0)
}
