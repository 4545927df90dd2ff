import { BenchWindow } from './benchWindow.ts'
import type { SubjectName } from './page/subjects/subjects.ts'

/** What was measured of one subject with one number of shapes; milliseconds and MB. What is missing took too long. */
export interface Measured {
  readonly subject: SubjectName
  /** How many polygons; there are half as many boxes besides. */
  readonly polygons: number
  load?: number
  panAll?: number[]
  panOneToOne?: number[]
  zoom?: number[]
  select?: number[]
  drag?: number[]
  heap?: number
  memory?: number
  /** From the camera's rest to the picture that stays, the longer of after a pan and after a zoom. */
  sharp?: number
  /** Why it was ended, if it was. */
  ended?: string
}

/** What a program makes ready when its window opens is there when a person has found the first task. */
const REST_MS = 1_500

export interface MeasureOptions { readonly url: string; readonly folder: string; readonly seed: number; readonly limitMs: number; readonly pictures: string | undefined }

/** Measures in a fresh window, until `limitMs` are over. */
export async function measureSubject(subject: SubjectName, polygons: number, options: MeasureOptions): Promise<Measured> {
  const measured: Measured = { subject, polygons }
  const bench = await BenchWindow.open(options.url, options.folder)
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`not done after ${Math.round(options.limitMs / 1000)} s`)) }, options.limitMs)
  })
  const work = measureAll(bench, measured, options)
  work.catch(() => undefined)
  try {
    await Promise.race([work, limit])
  } catch (error) {
    measured.ended = error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
    await bench.kill()
  }
  return measured
}

/** Notes everything as soon as it is known, so that what came before a time-out counts. */
async function measureAll(bench: BenchWindow, measured: Measured, { seed, pictures }: MeasureOptions): Promise<void> {
  const { page } = bench
  const presented = () => page.evaluate(() => window.canvasBench.presented())
  await page.waitForFunction(() => 'canvasBench' in window)
  await page.evaluate(({ subject, polygons, seed }) => window.canvasBench.prepare(subject, seed, polygons), { ...measured, seed })
  await page.waitForTimeout(REST_MS)
  const heapBefore = await page.evaluate(() => window.canvasBench.heapMb())
  const memoryBefore = await bench.memoryMb()

  const load = await bench.untilAtRest(() => page.evaluate(async () => {
    const begin = await window.canvasBench.load()
    await window.canvasBench.presented()
    return begin
  }))
  measured.load = load.restedAt - load.done
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${measured.subject}-${measured.polygons}.png` })

  const pan = await page.evaluate(() => window.canvasBench.pan('all'))
  measured.panAll = pan.frames
  const afterPan = await bench.untilAtRest(presented)
  measured.panOneToOne = (await page.evaluate(() => window.canvasBench.pan('oneToOne'))).frames
  const zoom = await page.evaluate(() => window.canvasBench.zoom())
  measured.zoom = zoom.frames
  const afterZoom = await bench.untilAtRest(presented)
  measured.sharp = Math.max(afterPan.restedAt - pan.restedAt, afterZoom.restedAt - zoom.restedAt)

  measured.select = await page.evaluate(() => window.canvasBench.select())
  measured.drag = await page.evaluate(() => window.canvasBench.drag())
  measured.heap = (await page.evaluate(() => window.canvasBench.heapMb())) - heapBefore
  measured.memory = (await bench.memoryMb()) - memoryBefore
}
