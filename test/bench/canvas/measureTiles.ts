import { BenchWindow } from './benchWindow.ts'
import { JUMPS } from './page/tiles/pyramid.ts'
import type { TileSubjectName } from './page/tiles/tileSubjects.ts'

/** How one subject shows the pyramid; milliseconds. */
export interface MeasuredTiles {
  readonly subject: TileSubjectName
  readonly open: number
  readonly jumps: readonly number[]
  /** The least share of the view that was covered by tiles, of whatever level, during a jump. */
  readonly leastCovered: number
  readonly frames: readonly number[]
  readonly dropped: number
}

const JUMP_TIMEOUT_MS = 60_000

/** Opens the pyramid in a fresh window, jumps into it and pans. */
export async function measureTiles(subject: TileSubjectName, url: string, folder: string): Promise<MeasuredTiles> {
  const bench = await BenchWindow.open(url, folder)
  const timer = setTimeout(() => { void bench.kill() }, JUMP_TIMEOUT_MS)
  try {
    await bench.page.waitForFunction(() => 'tileBench' in window)
    await bench.page.evaluate((name) => window.tileBench.prepare(name), subject)
    const open = await bench.page.evaluate(() => window.tileBench.open())
    const jumped: { time: number; leastCovered: number }[] = []
    for (const place of JUMPS) {
      await bench.untilAtRest(() => bench.page.evaluate(() => { window.tileBench.away() }))
      jumped.push(await bench.page.evaluate((to) => window.tileBench.jump(to), place))
    }
    await bench.untilAtRest(() => Promise.resolve())
    const { frames, dropped } = await bench.page.evaluate(() => window.tileBench.pan())
    return { subject, open, jumps: jumped.map(({ time }) => time), leastCovered: Math.min(...jumped.map(({ leastCovered }) => leastCovered)), frames, dropped }
  } finally {
    clearTimeout(timer)
    await bench.kill()
  }
}
