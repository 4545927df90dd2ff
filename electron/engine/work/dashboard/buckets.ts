const DAY_MS = 86_400_000

/** No screen shows more columns; a period of many years is asked for by weeks. */
const MOST = 2_000

/** The first days of all buckets from the first key to the last, those without work too; keys are dates as `2026-05-01`. */
export function bucketsBetween(keys: readonly string[], bucket: 'day' | 'week'): string[] {
  const sorted = [...keys].sort()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return []
  const step = bucket === 'day' ? DAY_MS : 7 * DAY_MS
  const start = Date.parse(first)
  const count = Math.round((Date.parse(last) - start) / step) + 1
  if (count > MOST) return [...new Set(sorted)]
  return Array.from({ length: count }, (_, place) => new Date(start + place * step).toISOString().slice(0, 10))
}
