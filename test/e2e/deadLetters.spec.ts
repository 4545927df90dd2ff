import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { jpegOf } from '../builders/images.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createFaultProxy, type FaultProxy } from '../faults/faultProxy.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'

const REFUSAL = { title: 'Not valid', status: 422, code: 'invalid', detail: 'Faces of this project must not touch the border of the image' }

let folder: string
let server: Orchestrator
let proxy: FaultProxy
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-refused-'))
  proxy = await createFaultProxy()
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator'), publicUrl: proxy.origin })
  proxy.target = server.url
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  for (const name of ['one', 'two']) {
    await server.addAsset({ id: `asset-${name}`, projectId: 'people', name: `${name}.jpg`, bytes: await jpegOf(640, 480, name.length), width: 640, height: 480, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${name}`, projectId: 'people', assetId: `asset-${name}`, assignee: DEMO_ANNOTATOR.id })
  }
  app = await FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: { url: proxy.origin, token: server.tokens.annotator } })
})
test.afterEach(async () => {
  await app.quit()
  await server.close()
  await proxy.close()
  await rm(folder, { recursive: true, force: true })
})

/** The orchestrator takes no submission from now on. */
function refuseSubmissions(): void {
  proxy.decide = ({ method, path }) => (method === 'POST' && path === '/v1/submissions'
    ? { kind: 'answer', status: 422, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(REFUSAL) }
    : { kind: 'pass' })
}

async function label(name: string): Promise<void> {
  await app.goTo('Queue')
  await app.queue.open(name)
  await app.annotate.waitUntilOpen(name)
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await app.annotate.waitUntilSubmitted(name)
}

test('refused work is shown with the reason, corrected or tried again, exported, and holds up nothing', async () => {
  refuseSubmissions()
  await label('one.jpg')
  await app.goTo('Sync')
  await app.sync.waitForPhase('Needs attention · 1 refused')
  const row = app.sync.outbox.getByRole('row', { name: /one\.jpg/ })
  await expect(row).toContainText(REFUSAL.detail)
  await app.screenshot(test.info().outputPath('refused.png'))

  await mkdir(join(folder, 'out'))
  await app.chooseFolderWith(join(folder, 'out'), () => row.getByRole('button', { name: 'Export one.jpg' }).click())
  await expect(app.window.getByText(/^1 file was written to /)).toBeVisible()
  const [file] = readdirSync(join(folder, 'out'))
  expect(JSON.parse(readFileSync(join(folder, 'out', file ?? ''), 'utf8'))).toMatchObject({ state: 'dead', reason: { message: REFUSAL.detail }, revision: { taskId: 'task-one' } })

  // The rest goes on while the refused one waits for a decision.
  proxy.decide = () => ({ kind: 'pass' })
  await label('two.jpg')
  await expect.poll(async () => (await server.listSubmissions()).map(({ taskId }) => taskId), { timeout: 20_000 }).toEqual(['task-two'])

  await app.goTo('Sync')
  await row.getByRole('button', { name: 'Correct one.jpg' }).click()
  await app.annotate.waitUntilOpen('one.jpg')
  const notice = app.window.getByRole('alert').filter({ hasText: REFUSAL.detail })
  await expect(notice).toBeVisible()
  await app.screenshot(test.info().outputPath('correct.png'))
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.2, 0.3], to: [0.3, 0.5] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await expect.poll(async () => (await server.listSubmissions()).map(({ taskId }) => taskId), { timeout: 20_000 }).toEqual(['task-two', 'task-one'])
  await app.goTo('Sync')
  await app.sync.waitForPhase('All synced')
  await expect(row).toContainText('Refused, replaced')
  await app.screenshot(test.info().outputPath('replaced.png'))
  expect(app.complaints).toEqual([])
})

test('refused work is taken when the orchestrator thinks better of it', async () => {
  refuseSubmissions()
  await label('one.jpg')
  await app.goTo('Sync')
  await app.sync.waitForPhase('Needs attention · 1 refused')
  proxy.decide = () => ({ kind: 'pass' })
  await app.window.getByRole('button', { name: 'Try one.jpg again' }).click()
  await app.sync.waitForPhase('All synced')
  expect(await server.listSubmissions()).toMatchObject([{ taskId: 'task-one' }])
})
