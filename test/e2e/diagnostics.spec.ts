import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { Database } from '../../electron/engine/db/sqlite.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'
import { jpegOf } from '../builders/images.ts'

let folder: string
let server: Orchestrator
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-diagnostics-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  for (const number of [1, 2]) {
    await server.addAsset({ id: `asset-${number}`, projectId: 'people', name: `photo-${number}.jpg`, bytes: await jpegOf(640, 480, number), width: 640, height: 480, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${number}`, projectId: 'people', assetId: `asset-${number}`, assignee: DEMO_ANNOTATOR.id })
  }
  app = await launch()
})
test.afterEach(async () => {
  await app.quit()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

function launch(): Promise<FieldmarkApp> {
  return FieldmarkApp.launch({ workspace: join(folder, 'workspace'), orchestrator: { url: server.url, token: server.tokens.annotator } })
}

async function submitFirst(): Promise<void> {
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
}

test('diagnostics tell how the workspace is, and a support bundle holds no secrets', async () => {
  await submitFirst()
  await app.goTo('Diagnostics')
  const view = app.window.getByRole('region', { name: 'Diagnostics' })
  const database = view.getByRole('region', { name: 'Database' })
  await view.getByRole('button', { name: 'Check the database' }).click()
  await expect(database.getByText('Checked and sound')).toBeVisible()
  await expect(database.getByText('wal', { exact: true })).toBeVisible()
  await app.screenshot(test.info().outputPath('overview.png'))
  await view.getByRole('tab', { name: 'Connection' }).click()
  await expect(view.getByRole('table', { name: 'Last requests' })).toBeVisible()
  await app.screenshot(test.info().outputPath('connection.png'))
  await view.getByRole('tab', { name: 'Errors' }).click()
  await expect(view.getByText('No errors were noted')).toBeVisible()

  const out = join(folder, 'out')
  await mkdir(out)
  await app.chooseFolderWith(out, () => view.getByRole('button', { name: 'Support bundle…' }).click())
  await expect(view.getByText(/^Wrote .*\.zip\. It holds no labels/)).toBeVisible()
  const [name = ''] = await readdir(out)
  const content = Object.values(unzipSync(await readFile(join(out, name)))).map((bytes) => strFromU8(bytes)).join('\n')
  expect(content).toContain('work.db')
  expect(content).not.toContain(server.tokens.annotator)
  expect(content).not.toContain('PRIVATE KEY')
  expect(app.complaints).toEqual([])
})

test('a backup is made and restored from the window, and work goes on', async () => {
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  await app.goTo('Diagnostics')
  const view = app.window.getByRole('region', { name: 'Diagnostics' })
  await view.getByRole('tab', { name: 'Backups' }).click()
  await expect(view.getByText('No backups yet')).toBeVisible()
  await view.getByRole('button', { name: 'Back up now' }).click()
  const backups = view.getByRole('table', { name: 'Backups' })
  await expect(backups.getByRole('row', { name: /Sound/ })).toHaveCount(1)
  await app.goTo('Queue')
  await submitFirst()
  await app.goTo('Diagnostics')
  await view.getByRole('tab', { name: 'Backups' }).click()
  await app.screenshot(test.info().outputPath('backups.png'))
  await backups.getByRole('button', { name: 'Restore…' }).click()
  const question = app.window.getByRole('dialog', { name: /^Restore the backup of / })
  await app.screenshot(test.info().outputPath('restore.png'))
  await question.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(app.window.getByText(/^A backup was restored/)).toBeVisible({ timeout: 20_000 })
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  await expect(app.annotate.objects()).toHaveCount(0)
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await expect.poll(async () => (await server.listSubmissions()).length, { timeout: 30_000 }).toBe(1)
  expect((await readdir(join(folder, 'workspace'))).filter((name) => name.startsWith('work.db.replaced-'))).not.toEqual([])
})

test('the audit log is exported from the history, and a stranger can verify it', async () => {
  await submitFirst()
  await app.annotate.submit()
  await expect.poll(async () => (await server.listSubmissions()).length, { timeout: 30_000 }).toBe(1)
  await app.goTo('History')
  const out = join(folder, 'audit')
  await mkdir(out)
  await app.chooseFolderWith(out, () => app.window.getByRole('button', { name: 'Export audit log' }).click())
  await expect(app.window.getByText(/^Wrote \d+ audit entries/)).toBeVisible()
  await app.screenshot(test.info().outputPath('audit.png'))
  const [name = ''] = await readdir(out)
  const script = resolve(import.meta.dirname, '../independent/verifyAudit.mjs')
  expect(execFileSync('node', [script, join(out, name)], { encoding: 'utf8' })).toMatch(/\d+ entries in 1 epochs, [1-9]\d* receipts/)
})

test('a second application on the same workspace is refused with a reason, and the first goes on', async () => {
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  const second = await launch()
  try {
    await expect(second.window.getByText('It is open in another window or process. Close that one and try again.')).toBeVisible({ timeout: 20_000 })
    await second.screenshot(test.info().outputPath('inUse.png'))
  } finally {
    await second.quit()
  }
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
})

test('a database of a newer version can be looked at and exported, and is left as it is', async () => {
  await submitFirst()
  await app.quit()
  const file = join(folder, 'workspace', 'work.db')
  // Bytes 60 to 63 of the header are the schema's version. See https://sqlite.org/fileformat2.html
  const newer = await readFile(file)
  newer.writeUInt32BE(9000, 60)
  await writeFile(file, newer)
  app = await launch()
  await expect(app.window.getByText(/^This workspace was last used by a newer version of Fieldmark/)).toBeVisible({ timeout: 20_000 })
  await app.sync.waitForPhase('Looking only')
  await app.goTo('Queue')
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  await expect(app.annotate.objects()).toHaveCount(1)
  await app.screenshot(test.info().outputPath('newer.png'))
  await app.goTo('History')
  await app.window.getByRole('button', { name: 'Verify everything' }).click()
  await expect(app.window.getByText('Verified: nothing was altered')).toBeVisible({ timeout: 20_000 })
  const out = join(folder, 'labels')
  await mkdir(out)
  await app.exportLabels('COCO', out)
  expect(await readdir(out)).not.toEqual([])
  await app.quit()
  expect((await readFile(file)).equals(newer)).toBe(true)
  app = await launch()
})

test('a database that was damaged while it was closed is noticed when it is checked, and a backup is offered', async () => {
  await submitFirst()
  await app.quit()
  await ruin(join(folder, 'workspace', 'work.db'))
  app = await launch()
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  await app.goTo('Diagnostics')
  await app.window.getByRole('button', { name: 'Check the database' }).click()
  const bar = app.window.getByRole('alert').filter({ hasText: 'The database is damaged.' })
  await expect(bar).toBeVisible({ timeout: 20_000 })
  await app.goTo('Queue')
  await bar.getByRole('button', { name: 'Open diagnostics' }).click()
  await app.window.getByRole('tab', { name: 'Backups' }).click()
  await app.screenshot(test.info().outputPath('damaged.png'))
  await app.window.getByRole('button', { name: 'Restore…' }).first().click()
  await app.window.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(app.window.getByText(/^A backup was restored/)).toBeVisible({ timeout: 20_000 })
  await app.queue.open('photo-1.jpg')
  await app.annotate.waitUntilOpen('photo-1.jpg')
  await expect(app.annotate.objects()).toHaveCount(1)
})

/** Overwrites a page of the file that is not read in usual work. */
async function ruin(file: string): Promise<void> {
  const db = new Database(file)
  const [page, size] = ['SELECT rootpage FROM sqlite_schema WHERE name = \'reviews\'', 'PRAGMA page_size'].map((text) => Number(db.prepare(text).pluck().get()))
  db.close()
  const bytes = await readFile(file)
  bytes.fill(0xff, ((page ?? 1) - 1) * (size ?? 0), (page ?? 1) * (size ?? 0))
  await writeFile(file, bytes)
}
