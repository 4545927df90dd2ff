import { quantile } from '../comparison.ts'
import { BenchWindow } from './benchWindow.ts'
import type { Goal } from './goals.ts'

/** A stroke of the brush on a mask of 50 megapixels, with the whole image in view or at 1:1; milliseconds. */
export interface MeasuredStroke { readonly place: 'all' | 'oneToOne'; readonly frames: readonly number[]; readonly lift: number }

const TIMEOUT_MS = 60_000

/** Paints two strokes in a fresh window. */
export async function measureBrush(url: string, folder: string): Promise<MeasuredStroke[]> {
  const bench = await BenchWindow.open(url, folder)
  const timer = setTimeout(() => { void bench.kill() }, TIMEOUT_MS)
  try {
    await bench.page.waitForFunction(() => 'brushBench' in window)
    await bench.untilAtRest(() => bench.page.evaluate(() => window.brushBench.prepare()))
    const strokes: MeasuredStroke[] = []
    for (const place of ['all', 'oneToOne'] as const) strokes.push({ place, ...(await bench.page.evaluate((at) => window.brushBench.stroke(at), place)) })
    return strokes
  } finally {
    clearTimeout(timer)
    await bench.kill()
  }
}

const PLACES = { all: 'all in view', oneToOne: '1:1' } as const

/** One line for each stroke. */
export function brushLine({ place, frames, lift }: MeasuredStroke): [string, Record<string, string>] {
  return [PLACES[place], { 'median ms/frame': quantile(frames, 0.5).toFixed(1), 'p95 ms/frame': quantile(frames, 0.95).toFixed(1), 'lift to shown ms': lift.toFixed(0) }]
}

export function brushGoals(strokes: readonly MeasuredStroke[]): Goal[] {
  return strokes.map(({ place, frames }) => ({ name: `brush on 50 megapixels, ${PLACES[place]}`, value: quantile(frames, 0.5), unit: 'ms/frame', sense: 'at most', limit: 17 }))
}
