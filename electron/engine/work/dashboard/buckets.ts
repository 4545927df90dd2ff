import { SLOT_MS } from '../../db/repositories/editSlots.ts'

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

/** Tells of a slot (see `slotOf`) the first day, as `2026-05-01`, of the day or week from Monday that it lies in, in this computer's time zone. */
export function bucketStarts(bucket: 'day' | 'week'): (slot: number) => string {
  const known = new Map<number, string>()
  return (slot) => {
    const before = known.get(slot)
    if (before !== undefined) return before
    const at = new Date(slot * SLOT_MS)
    const back = bucket === 'day' ? 0 : (at.getDay() + 6) % 7
    const start = new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate() - back)).toISOString().slice(0, 10)
    known.set(slot, start)
    return start
  }
}
