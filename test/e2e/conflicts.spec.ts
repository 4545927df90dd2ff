import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { RevisionSchema } from '../../shared/domain/revision.ts'
import { aShape } from '../builders/records.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { SecondDevice } from '../driver/secondDevice.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
let server: Orchestrator
let app: FieldmarkApp
let laptop: SecondDevice
let width: number
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-conflict-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'photo.jpg'))
  const bytes = await readFile(join(folder, 'photo.jpg'))
  const size = await sharp(bytes).metadata()
  width = size.width
  await server.addAsset({ id: 'asset', projectId: 'people', name: 'photo.jpg', bytes, width, height: size.height, mediaType: 'image/jpeg' })
  await server.addTask({ id: 'task', projectId: 'people', assetId: 'asset', assignee: DEMO_ANNOTATOR.id })
  const source = { url: server.url, token: server.tokens.annotator }
  laptop = await SecondDevice.start(join(folder, 'laptop'), source)
  app = await FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: source })
})
test.afterEach(async () => {
  await app.quit()
  await laptop.stop()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const theirs = () => aShape({ id: 'laptop-1', classId: 'face', geometry: { kind: 'rectangle', x: width * 0.6, y: width * 0.1, width: width * 0.15, height: width * 0.2 } })

/** Both devices label the task without knowing of each other. */
async function labelTwice(): Promise<void> {
  await app.queue.waitUntilAllAvailableOffline(30_000)
  await app.goTo('Sync')
  await app.sync.setWorkOffline(true)
  await laptop.submit('task', theirs())
  await app.goTo('Queue')
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.35, 0.3], to: [0.45, 0.6] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('photo.jpg')
  await app.goTo('Sync')
  await app.sync.setWorkOffline(false)
  await app.sync.waitForPhase('All synced · 1 conflict')
}

async function openComparison() {
  await app.window.getByRole('tab', { name: 'Conflicts (1)' }).click()
  await app.window.getByRole('button', { name: 'Compare the versions of photo.jpg' }).click()
  const comparison = app.window.getByRole('dialog', { name: 'Two versions of a task' })
  await expect(comparison.getByRole('application', { name: 'Comparison photo.jpg' })).toBeVisible()
  return comparison
}

async function heldRevisions() {
  const held = await server.listSubmissions()
  return Promise.all(held.map(async ({ objectKey }) => RevisionSchema.parse(JSON.parse((await server.readObject(objectKey))?.toString() ?? ''))))
}

test('two results of one task are shown on the image and as a list, and mine is kept as the newest', async () => {
  await labelTwice()
  const comparison = await openComparison()
  await expect(comparison.getByRole('list', { name: 'Differences' }).getByRole('listitem')).toHaveText([/Face only in yours/, /Face only in the other/])
  await app.screenshot(test.info().outputPath('compare.png'))
  await comparison.getByRole('button', { name: /Face only in the other/ }).click()
  await app.screenshot(test.info().outputPath('compare-zoomed.png'))
  await comparison.getByRole('button', { name: 'Keep mine' }).click()
  await app.sync.waitForPhase('All synced')
  await expect.poll(async () => (await server.getTask('task'))?.otherRevisions, { timeout: 20_000 }).toEqual([])
  const [first, second, merged] = await heldRevisions()
  expect(merged?.parents).toHaveLength(2)
  expect(merged?.shapes).toEqual(second?.shapes)
  expect(first?.shapes[0]?.id).toBe('laptop-1')
  expect(app.complaints).toEqual([])
})

test('both results are merged into the draft, and work goes on', async () => {
  await labelTwice()
  await app.goTo('Queue')
  await app.queue.open('photo.jpg')
  await app.annotate.waitUntilOpen('photo.jpg')
  const notice = app.window.getByRole('status').filter({ hasText: 'This task has another version' })
  await expect(notice).toBeVisible()
  await app.screenshot(test.info().outputPath('notice.png'))
  await notice.getByRole('button', { name: 'Compare…' }).click()
  await app.window.getByRole('dialog', { name: 'Two versions of a task' }).getByRole('button', { name: 'Keep both, go on' }).click()
  await expect(app.annotate.objects()).toHaveCount(2)
  await expect(notice).toBeHidden()
  await app.screenshot(test.info().outputPath('merged.png'))
  await app.annotate.submit()
  await expect.poll(async () => (await server.listSubmissions()).length, { timeout: 20_000 }).toBe(3)
  const [, , merged] = await heldRevisions()
  expect(merged?.shapes).toHaveLength(2)
  expect(merged?.parents).toHaveLength(2)
  expect(app.complaints).toEqual([])
})
