import type { Spread } from '../../../shared/rpc/dashboard.ts'
import { stopwatch, useFormat, type Format } from '../common/useFormat.ts'

/** The date of a bucket's first day, in the person's language. */
export function useDays(): (start: string) => string {
  const format = useFormat()
  // Noon of the day here: read as UTC, the date would be the day before in half of the world.
  return (start) => format.date(`${start}T12:00:00`)
}

/** A tenth of confidence, as "30–40%". */
export function tenthText({ number }: Format, tenth: number): string {
  return `${number(tenth * 10)}–${number(tenth * 10 + 10)} %`
}

export function spreadTexts(spread: Spread | undefined): [median: string, p90: string] {
  return spread === undefined ? ['–', '–'] : [stopwatch(spread.median), stopwatch(spread.p90)]
}
