import type { DashboardBucket, Spread } from '../../../shared/rpc/dashboard.ts'
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

/** How somebody's results were judged: reviewed, rejected, the share of it; scored against known answers, and the mean F1. */
export function recordTexts({ number, percent }: Format, { reviewed, rejected, gold }: Pick<DashboardBucket, 'reviewed' | 'rejected' | 'gold'>): string[] {
  return [number(reviewed), number(rejected), reviewed === 0 ? '–' : percent(rejected / reviewed), number(gold?.scored ?? 0), gold === undefined ? '–' : percent(gold.f1)]
}
