import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { PredictionSchema } from '../../shared/domain/prediction.ts'
import { jpegOf } from '../builders/images.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'

let folder: string
let server: Orchestrator
let app: FieldmarkApp
let grace: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-coordination-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  grace = await server.createUser({ id: 'grace', name: 'Grace', roles: ['annotator'] })
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id, 'grace'] })
  for (const [index, name] of ['one', 'two', 'three'].entries()) {
    await server.addAsset({ id: `asset-${name}`, projectId: 'people', name: `${name}.jpg`, bytes: await jpegOf(640, 480, index), width: 640, height: 480, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${name}`, projectId: 'people', assetId: `asset-${name}`, assignee: DEMO_ANNOTATOR.id })
  }
  app = await FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: { url: server.url, token: server.tokens.annotator } })
  await app.queue.waitUntilAllAvailableOffline(30_000)
})
test.afterEach(async () => {
  await app.quit()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function draw(name: string): Promise<void> {
  await app.goTo('Queue')
  await app.queue.open(name)
  await app.annotate.waitUntilOpen(name)
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
}

async function setOffline(offline: boolean): Promise<void> {
  await app.goTo('Sync')
  await app.sync.setWorkOffline(offline)
}

test('what others did while the workstation was offline is told, with what it means', async () => {
  await setOffline(true)
  await draw('one.jpg')
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted('one.jpg')
  await draw('two.jpg')
  await server.assignTask('task-one', 'grace')
  await server.cancelTask('task-two')
  await server.publishLabelSchema('people', { ...demoLabelSchemas.people, name: 'People, second edition' })
  await setOffline(false)
  await app.sync.waitForPhase('All synced')
  expect(await server.listSubmissions()).toMatchObject([{ taskId: 'task-one', late: true, toReview: true }])

  await app.window.getByRole('tab', { name: /^What happened/ }).click()
  const happened = app.window.getByRole('table', { name: 'What happened' })
  await expect(happened.getByRole('row', { name: /Your work came late one\.jpg/ })).toBeVisible()
  await expect(happened.getByRole('row', { name: /was cancelled two\.jpg/ })).toContainText('archived')
  await expect(happened.getByRole('row', { name: /label schema of People changed/ })).toBeVisible()
  await app.screenshot(test.info().outputPath('happened.png'))

  await happened.getByRole('button', { name: 'Open two.jpg' }).click()
  await app.annotate.waitUntilOpen('two.jpg')
  await expect(app.annotate.objects()).toHaveCount(1)
  await app.screenshot(test.info().outputPath('cancelled.png'))

  await app.goTo('Sync')
  await app.window.getByRole('tab', { name: /^What happened/ }).click()
  await app.window.getByRole('button', { name: 'Dismiss all' }).click()
  await expect(app.window.getByText('Nothing needs to be known.')).toBeVisible()
  expect(app.complaints).toEqual([])
})

test('an open task that changes on the server says so, keeps the work, and is opened again on demand', async () => {
  await draw('three.jpg')
  await expect(app.window.getByText(/^Reserved until /)).toBeVisible()
  expect((await server.getTask('task-three'))?.lease).toMatchObject({ holder: DEMO_ANNOTATOR.id })
  await server.addPrediction(PredictionSchema.parse({
    id: 'prediction-1', taskId: 'task-three', model: 'detector', modelVersion: '3',
    shapes: [{ id: 'p1', classId: 'face', geometry: { kind: 'rectangle', x: 20, y: 20, width: 80, height: 80 }, confidence: 0.9 }],
  }))
  await app.goTo('Sync')
  await app.sync.syncNow()
  await app.goTo('Annotate')
  const notice = app.window.getByRole('status').filter({ hasText: 'New predictions arrived.' })
  await expect(notice).toBeVisible()
  await expect(app.annotate.objects()).toHaveCount(1)
  await app.screenshot(test.info().outputPath('changed.png'))
  await notice.getByRole('button', { name: 'Reload the task' }).click()
  await expect(notice).toBeHidden()
  await expect(app.annotate.objects()).toHaveCount(1)
  await app.annotate.acceptAllPredictions()
  await expect(app.annotate.objects()).toHaveCount(2)
  await app.annotate.waitUntilSaved()

  await server.cancelTask('task-three')
  await app.goTo('Sync')
  await app.sync.syncNow()
  await app.goTo('Annotate')
  await expect(app.window.getByRole('status').filter({ hasText: 'The task was cancelled on the server.' })).toBeVisible()
  await app.window.getByRole('button', { name: 'Reload the task' }).click()
  await expect(app.window.getByText('This task is cancelled and cannot be changed.')).toBeVisible()
  await expect(app.annotate.objects()).toHaveCount(2)
})

test('a server that went back in its history gets everything again, and the person is told', async () => {
  await draw('one.jpg')
  await app.annotate.submit()
  await expect.poll(async () => (await server.listSubmissions()).length, { timeout: 20_000 }).toBe(1)
  await app.goTo('Sync')
  await app.sync.waitForPhase('All synced')
  await server.rollBack(0)
  await app.sync.syncNow()
  await expect.poll(async () => (await server.listSubmissions()).length, { timeout: 20_000 }).toBe(1)
  await app.window.getByRole('tab', { name: /^What happened/ }).click()
  await expect(app.window.getByRole('row', { name: /The server went back in its history/ })).toContainText('submissions: 1')
})

test('another person signs in only when the work of the one before is sent or exported', async () => {
  await draw('one.jpg')
  await app.quit()
  await server.assignTask('task-three', 'grace')
  app = await FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: { url: server.url, token: grace } })
  await app.goTo('Sync')
  await app.sync.waitForPhase('Needs attention')
  const alert = app.window.getByRole('alert', { name: 'Last error' })
  await expect(alert).toContainText("Another person's work is still on this computer")
  await app.screenshot(test.info().outputPath('otherUser.png'))
  await app.chooseFolderWith(folder, () => alert.getByRole('button', { name: 'Export everything unsent…' }).click())
  await expect(app.window.getByText(/^1 file was written to /)).toBeVisible()
  await app.sync.syncNow()
  await app.sync.waitForPhase('All synced')
  await app.goTo('Queue')
  await expect(app.queue.row('three.jpg')).toContainText('New')
  await expect(app.queue.row('one.jpg')).toContainText('Released')
  expect(await server.listSubmissions()).toEqual([])
})
