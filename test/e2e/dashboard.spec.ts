import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { putReview } from '../../electron/engine/db/repositories/reviews.ts'
import { noteRevisionFacts } from '../../electron/engine/db/repositories/revisionFacts.ts'
import { inTransaction } from '../../electron/engine/db/transaction.ts'
import { openContext } from '../../electron/engine/openContext.ts'
import { taskId, aShape } from '../builders/records.ts'
import { aRevision, frozen } from '../builders/revision.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { ReviewSchema } from '../../shared/domain/review.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-dashboard-'))
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'photo.jpg'))
  await writeFile(join(folder, 'classes.txt'), 'face\nperson\nhat\n')
  app = await FieldmarkApp.launch({ folder })
})
test.afterEach(async () => {
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

test('the dashboard counts the work of a person and of others, in light and dark, and writes a figure as CSV', async () => {
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  for (const left of [0.1, 0.3]) await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [left, 0.3], to: [left + 0.15, 0.6] })
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('photo.jpg')
  await app.quit()
  addWorkOfOthers(join(folder, '.fieldmark'))
  app = await FieldmarkApp.launch({ folder })

  await app.goTo('Dashboard')
  const view = app.window.getByRole('region', { name: 'Dashboard', exact: true })
  const totals = view.getByLabel('In this period')
  await expect(totals.getByText('27', { exact: true })).toBeVisible()
  const chart = view.getByRole('region', { name: 'Class balance' })
  await expect(chart.locator('.recharts-bar-rectangle').first()).toBeVisible()
  for (const { name, charts } of [{ name: 'Throughput', charts: 3 }, { name: 'Time for a task and for a shape', charts: 2 }]) {
    const all = view.getByRole('region', { name }).locator('.recharts-wrapper')
    await expect(all).toHaveCount(charts)
    for (const drawn of await all.all()) {
      const names = await drawn.locator('.recharts-yAxis-tick-labels .recharts-cartesian-axis-tick-value').allTextContents()
      const heights = await drawn.locator('.recharts-cartesian-grid-horizontal line').evaluateAll((lines) => lines.map((line) => Number(line.getAttribute('y1'))))
      const gaps = heights.slice(1).map((height, index) => Math.abs(height - (heights[index] ?? 0)))
      expect(new Set(names).size).toBe(heights.length)
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1)
    }
  }
  await app.screenshot(test.info().outputPath('light.png'))
  await app.window.emulateMedia({ colorScheme: 'dark' })
  await app.screenshot(test.info().outputPath('dark.png'))
  await view.getByRole('region', { name: 'People' }).scrollIntoViewIfNeeded()
  await app.screenshot(test.info().outputPath('dark-below.png'))
  await chart.getByRole('button', { name: 'Table: Class balance' }).click()
  await expect(chart.getByRole('table', { name: 'Class balance' })).toBeVisible()

  await app.chooseFolderWith(folder, () => view.getByRole('button', { name: 'Export CSV: People' }).click())
  await expect(app.window.getByText('Wrote ')).toBeVisible()
  const file = (await readdir(folder)).find((name) => name.endsWith('.csv')) ?? ''
  expect((await readFile(join(folder, file), 'utf8')).split('\r\n')).toHaveLength(5)
  expect(app.complaints).toEqual([])
})

/** Twenty-six results of two people on the last days, of predictions, most of them decided on. */
function addWorkOfOthers(workspace: string): void {
  const { context: { db }, close } = openContext(workspace)
  const id = taskId(db.prepare('SELECT id FROM tasks').pluck().get() as string)
  inTransaction(db, () => {
    for (let day = 0; day < 26; day++) {
      const at = new Date(Date.now() - day * 86_400_000).toISOString()
      const shapes = Array.from({ length: 2 + (day % 5) }, (_, place) => {
        const from = { predictionId: 'p', predictedShapeId: `s-${place}`, model: 'm', modelVersion: '1', confidence: ((day * 7 + place * 23) % 100) / 100 }
        return aShape({ id: `${day}-${place}`, classId: ['face', 'person', 'hat'][(day + place) % 3], provenance: { source: from.confidence > 0.4 || place % 2 === 0 ? 'acceptedPrediction' : 'editedPrediction', ...from } })
      })
      const { bytes, revisionId } = frozen(aRevision({ taskId: id, author: day % 3 === 0 ? 'ben' : 'carla', device: `device-${day}`, createdAt: at, timeOnTaskMs: 40_000 + ((day * 17) % 11) * 9000, journalLength: 5 + day, shapes }))
      noteRevisionFacts(db, revisionId, id, bytes)
      if (day % 4 === 0) continue
      const rejected = day % 5 === 1
      putReview(db, ReviewSchema.parse({ id: `review-${day}`, taskId: id, revisionId, reviewer: 'dora', decision: rejected ? 'rejected' : 'accepted', reasons: rejected ? ['wrongClass', ...(day % 2 ? ['inaccurateShape'] : [])] : [], createdAt: at }), 1)
    }
  })
  close()
}
