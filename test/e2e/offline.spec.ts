import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { jpegOf } from '../builders/images.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createFaultProxy, type FaultProxy } from '../faults/faultProxy.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'

const TASKS = 6
const PADDING = 400_000

let folder: string
let server: Orchestrator
let proxy: FaultProxy
let app: FieldmarkApp
const launch = () => FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: { url: proxy.origin, token: server.tokens.annotator } })

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-offline-'))
  proxy = await createFaultProxy()
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator'), publicUrl: proxy.origin })
  proxy.target = server.url
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  for (let number = 1; number <= TASKS; number++) {
    const bytes = Buffer.concat([await jpegOf(640, 480, number), Buffer.alloc(PADDING, number)])
    await server.addAsset({ id: `asset-${number}`, projectId: 'people', name: `street-${number}.jpg`, bytes, width: 640, height: 480, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${number}`, projectId: 'people', assetId: `asset-${number}`, assignee: DEMO_ANNOTATOR.id })
  }
  // Nothing is downloaded before the person has said how the link may be used.
  proxy.decide = ({ path }) => (path.startsWith('/objects/') ? { kind: 'answer', status: 503 } : { kind: 'pass' })
  app = await launch()
})
test.afterEach(async () => {
  await app.quit()
  await server.close()
  await proxy.close()
  await rm(folder, { recursive: true, force: true })
})

test('over a metered link nothing is downloaded until everything for the next days is asked for, which can be stopped and gone on with', async () => {
  const { window } = app
  await expect(window.getByText('6 tasks')).toBeVisible()
  await app.goTo('Sync')
  await window.getByRole('tab', { name: 'Offline' }).click()
  const link = window.getByRole('region', { name: 'Use of the link' })
  await link.getByRole('switch', { name: 'Metered connection' }).setChecked(true, { force: true })
  await link.getByLabel('Use at most').fill('150')
  await link.getByLabel('Use at most').press('Enter')
  await expect(link.getByLabel('Use at most')).toHaveValue('150 kB/s')
  proxy.decide = () => ({ kind: 'pass' })

  const now = window.getByRole('region', { name: 'Ready without a network' })
  const leave = window.getByRole('region', { name: 'Before you leave' })
  await expect(now.getByText('0 of 6 tasks can be opened offline')).toBeVisible()
  await expect(window.getByText('Images wait because the connection is metered.')).toBeVisible()
  await leave.getByLabel('Get everything for the next days:').fill('3')
  await expect(leave.getByText(/^Needs 6 images, .* for 6 tasks\./)).toBeVisible()
  await app.screenshot(test.info().outputPath('offline-before.png'))

  await leave.getByRole('button', { name: 'Get it now' }).click()
  await expect(leave.getByText(/^For 3 days: [0-5] of 6 images$/)).toBeVisible({ timeout: 30_000 })
  await app.screenshot(test.info().outputPath('offline-under-way.png'))
  await leave.getByRole('button', { name: 'Stop' }).click()
  await expect(leave.getByRole('button', { name: 'Get it now' })).toBeVisible()

  await link.getByLabel('Use at most').fill('')
  await link.getByLabel('Use at most').press('Enter')
  await leave.getByRole('button', { name: 'Get it now' }).click()
  await expect(leave.getByText('All images are here, for 6 tasks.')).toBeVisible({ timeout: 30_000 })
  await expect(now.getByText('6 of 6 tasks can be opened offline')).toBeVisible()
  await app.screenshot(test.info().outputPath('offline-ready.png'))
  expect(app.complaints).toEqual([])

  await app.quit()
  app = await launch()
  await app.goTo('Sync')
  await app.window.getByRole('tab', { name: 'Offline' }).click()
  await expect(app.window.getByRole('switch', { name: 'Metered connection' })).toBeChecked()
  await expect(app.window.getByLabel('Use at most')).toHaveValue('')
})
