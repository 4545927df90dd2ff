import { join } from 'node:path'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { OrchestratorProcess } from '../driver/orchestratorProcess.ts'
import { inTurns } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { installPaintWatch } from './paintWatch.ts'

const PREFETCH_TIMEOUT_MS = 120_000

/** From the key for the next task to its image on the screen, over the photographs of the demo. */
export async function nextTask(folder: string): Promise<Comparison> {
  const orchestrator = await OrchestratorProcess.start(join(folder, 'orchestrator'))
  const app = await FieldmarkApp.launch({ workspace: join(folder, 'workspace'), userData: join(folder, 'profile'), orchestrator })
  try {
    const tasks = await app.queue.waitUntilAllAvailableOffline(PREFETCH_TIMEOUT_MS)
    await app.queue.table.getByRole('row').nth(1).dblclick()
    await app.annotate.canvas.waitFor()
    await installPaintWatch(app.window)
    const rounds = tasks - 1
    // Once through all of them and back, so that thumbnails are made and code is compiled.
    for (const key of ['d', 'a']) for (let step = 0; step < rounds; step++) await press(app, key)
    const times = await inTurns(rounds, () => press(app, 'd'), () => app.window.evaluate(() => window.paintWatch.bare()))
    return { name: 'next cached task to painted image', fieldmark: times.fieldmark, floor: { name: 'createImageBitmap and drawImage of the same bytes', times: times.floor } }
  } finally {
    await app.quit()
    await orchestrator.stop()
  }
}

/** Walks to another task; milliseconds until its image is painted. */
async function press(app: FieldmarkApp, key: string): Promise<number> {
  const button = app.window.getByRole('button', { name: key === 'd' ? 'Next task' : 'Previous task' })
  await button.and(app.window.locator(':enabled')).waitFor()
  await app.window.evaluate(() => { window.paintWatch.watch() })
  await app.window.keyboard.press(key)
  return app.window.evaluate(() => window.paintWatch.next)
}
