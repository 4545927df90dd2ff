import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
let server: Orchestrator
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-compare-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'photo.jpg'))
  const bytes = await readFile(join(folder, 'photo.jpg'))
  const { width, height } = await sharp(bytes).metadata()
  await server.addAsset({ id: 'asset', projectId: 'people', name: 'photo.jpg', bytes, width, height, mediaType: 'image/jpeg' })
  await server.addTask({ id: 'task', projectId: 'people', assetId: 'asset', assignee: DEMO_ANNOTATOR.id })
  app = await FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: { url: server.url, token: server.tokens.annotator } })
})
test.afterEach(async () => {
  await app.quit()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** Two faces are submitted; then one is moved, the other deleted, and a third is drawn. */
async function labelAndGoOn(): Promise<void> {
  await app.queue.waitUntilAllAvailableOffline(30_000)
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.2, 0.3], to: [0.35, 0.6] })
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.5, 0.3], to: [0.65, 0.6] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await app.window.getByRole('button', { name: 'Back to the queue' }).click()
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  await app.annotate.click('v', [0.575, 0.45])
  await app.window.keyboard.press('Delete')
  await app.annotate.stroke('v', [[0.275, 0.45], [0.3, 0.48]])
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.75, 0.2], to: [0.9, 0.5] })
  await app.annotate.waitUntilSaved()
}

test('the history of a task opens any two versions: over each other, by a divider and side by side, from difference to difference by key', async () => {
  await labelAndGoOn()
  await app.goTo('History')
  await app.window.getByRole('button', { name: 'Compare…' }).click()
  const comparison = app.window.getByRole('dialog', { name: 'Two versions of a task' })
  await expect(comparison.getByRole('application', { name: 'Comparison photo.jpg' })).toBeVisible()
  await expect(comparison.getByRole('list', { name: 'Differences' }).getByRole('listitem')).toHaveText([/removed/, /added/, /moved · IoU \d+%/])
  await app.screenshot(test.info().outputPath('overlay.png'))

  await app.window.keyboard.press('n')
  await app.window.keyboard.press('n')
  await app.window.keyboard.press('n')
  await expect(comparison.getByRole('status').filter({ hasText: 'Difference 3 of 3' })).toBeVisible()
  await app.screenshot(test.info().outputPath('third.png'))

  await comparison.getByText('Wipe').click()
  const divider = comparison.getByRole('slider')
  const frame = await divider.boundingBox()
  if (frame === null) throw new Error('no divider')
  await app.window.mouse.move(frame.x + 6, frame.y + 200)
  await app.window.mouse.down()
  await app.window.mouse.move(frame.x - 60, frame.y + 200, { steps: 3 })
  await app.window.mouse.up()
  await expect.poll(async () => Number(await divider.getAttribute('aria-valuenow'))).toBeLessThan(50)
  await app.screenshot(test.info().outputPath('wipe.png'))

  await comparison.getByText('Side by side').click()
  await expect(comparison.getByRole('application')).toHaveCount(2)
  await app.window.keyboard.press('Shift+N')
  await app.screenshot(test.info().outputPath('side-by-side.png'))
  await comparison.getByText('Moved 1', { exact: true }).click()
  await expect(comparison.getByRole('list', { name: 'Differences' }).getByRole('listitem')).toHaveText([/removed/, /added/])
  await app.screenshot(test.info().outputPath('filtered.png'))
  expect(app.complaints).toEqual([])
})
