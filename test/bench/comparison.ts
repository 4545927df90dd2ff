/** What a ratio should be, of times at most or of speeds at least; or what not even the slowest round should take longer than. */
export type Goal = { kind: 'timeAtMost'; ratio: number } | { kind: 'speedAtLeast'; ratio: number } | { kind: 'slowestWithin'; ms: number }

/** Fieldmark's times against those of a floor: the least that the same machine could do it in, measured in the same run. */
export interface Comparison {
  name: string
  /** Milliseconds of each round. */
  fieldmark: number[]
  floor: { name: string; times: number[] }
  /** How much one round moves, for the reader who thinks in speeds. */
  amount?: { count: number; unit: string }
  goal?: Goal
}

/** Does both in turns, so that whatever else the machine is busy with slows down both alike; each does its own timing. */
export async function inTurns(rounds: number, fieldmark: (round: number) => Promise<number>, floor: (round: number) => Promise<number>) {
  const times = { fieldmark: [] as number[], floor: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    // The first of two may pay for a cold disk or a warm processor, so they change places.
    const turns = [async () => times.fieldmark.push(await fieldmark(round)), async () => times.floor.push(await floor(round))]
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
  }
  return times
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The time that a share of the rounds stay within: 0.5 is the median. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((left, right) => left - right)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) throw new Error('Nothing was measured')
  return below + (above - below) * (place % 1)
}
