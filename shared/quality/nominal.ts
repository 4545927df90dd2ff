/** How often each value occurs. */
export function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Agreement beyond chance, from the observed and the expected share of agreement (0 to 1); undefined where chance alone explains all. */
export function beyondChance(observed: number, expected: number): number | undefined {
  return expected < 1 ? (observed - expected) / (1 - expected) : undefined
}

/** The value that occurs most; of several the one that comes first. Undefined for none. */
export function mostFrequent<T>(values: readonly T[]): T | undefined {
  const [most] = [...countsOf(values)].sort(([, one], [, other]) => other - one)
  return most?.[0]
}
