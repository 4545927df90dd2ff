/** Numbers that follow from a seed alone. */
export interface Randomness {
  /** From 0 up to 1, without 1. */
  number(): number
  /** A whole number from 0 up to `limit`, without `limit`. */
  below(limit: number): number
  pick<T>(values: readonly T[]): T
}

/** The mulberry32 generator (T. Ettinger, public domain): short, and good enough to choose faults. */
export function randomFrom(seed: number): Randomness {
  let state = seed | 0
  const number = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(number() * limit)
  return { number, below, pick: (values) => values[below(values.length)] as (typeof values)[number] }
}
