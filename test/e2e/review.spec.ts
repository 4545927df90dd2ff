import { mkdtemp, readFile, rm } from 'node:fs/promises'
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
let annotator: FieldmarkApp
let reviewer: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-review-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  const token = await server.createUser({ id: 'rita', name: 'Rita', roles: ['reviewer'] })
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id, 'rita'] })
  const bytes = await readFile(PHOTOGRAPHS.sample1)
  const { width, height } = await sharp(bytes).metadata()
  for (const name of ['one', 'two']) {
    await server.addAsset({ id: `asset-${name}`, projectId: 'people', name: `${name}.jpg`, bytes, width, height, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${name}`, projectId: 'people', assetId: `asset-${name}`, assignee: DEMO_ANNOTATOR.id })
  }
  annotator = await FieldmarkApp.launch({ workspace: join(folder, 'annotator'), orchestrator: { url: server.url, token: server.tokens.annotator } })
  await annotator.queue.waitUntilAllAvailableOffline(30_000)
  await label('one.jpg')
  await annotator.sync.waitForPhase('All synced')
  reviewer = await FieldmarkApp.launch({ workspace: join(folder, 'reviewer'), orchestrator: { url: server.url, token } })
})
test.afterEach(async () => {
  await annotator.quit()
  await reviewer.quit()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function label(name: string): Promise<void> {
  await annotator.goTo('Queue')
  await annotator.queue.open(name)
  await annotator.annotate.waitUntilOpen(name)
  await annotator.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.5, 0.5] })
  await annotator.annotate.waitUntilSaved()
  await annotator.annotate.submit()
  await annotator.annotate.waitUntilSubmitted(name)
  await expect.poll(async () => (await server.getTask(`task-${name.replace('.jpg', '')}`))?.state).toBe('submitted')
}

async function sync(app: FieldmarkApp): Promise<void> {
  await app.goTo('Sync')
  await app.sync.syncNow()
  await app.sync.waitForPhase('All synced')
}

test('a result is rejected offline with a pinned comment, corrected, compared and accepted', async () => {
  await reviewer.goTo('Review')
  const row = reviewer.window.getByRole('row', { name: /one\.jpg/ })
  await expect(row).toBeVisible()
  await expect(row).not.toContainText(/Not here yet|Image not downloaded|Downloading/, { timeout: 30_000 })
  await reviewer.screenshot(test.info().outputPath('queue.png'))
  await reviewer.goTo('Sync')
  await reviewer.sync.setWorkOffline(true)
  await reviewer.goTo('Review')
  await reviewer.review.open('one.jpg')
  await reviewer.review.commentAt('one.jpg', [0.3, 0.4], 'There is another face here')
  await expect(reviewer.window.getByRole('button', { name: 'Comment 1: There is another face here' })).toBeVisible()
  await reviewer.screenshot(test.info().outputPath('result.png'))
  await reviewer.review.canvas('one.jpg').press('t')
  await expect(reviewer.window.getByRole('dialog', { name: 'How this task was labelled' }).getByText('Draw shape').first()).toBeVisible()
  await reviewer.screenshot(test.info().outputPath('replay.png'))
  await reviewer.window.keyboard.press('Escape')
  await reviewer.review.rejectByKeys('one.jpg', '1')
  await expect(reviewer.window.getByText('Nothing to review')).toBeVisible()
  await reviewer.goTo('Sync')
  await reviewer.sync.setWorkOffline(false)
  await reviewer.sync.waitForPhase('All synced')

  await sync(annotator)
  await annotator.goTo('Queue')
  await annotator.queue.open('one.jpg')
  await annotator.annotate.waitUntilOpen('one.jpg')
  await expect(annotator.window.getByText('rita sent this task back: Object missed')).toBeVisible()
  await expect(annotator.window.getByRole('list', { name: 'Comments' }).getByText('There is another face here')).toBeVisible()
  await annotator.screenshot(test.info().outputPath('returned.png'))
  await annotator.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.25, 0.3], to: [0.35, 0.5] })
  await annotator.window.getByRole('textbox', { name: 'Reply' }).fill('Done')
  await annotator.window.keyboard.press('Control+Enter')
  await annotator.window.getByRole('button', { name: 'Settle' }).click()
  await annotator.annotate.waitUntilSaved()
  await annotator.annotate.submit()
  await annotator.annotate.waitUntilSubmitted('one.jpg')
  await expect.poll(async () => (await server.getTask('task-one'))?.state).toBe('submitted')

  await sync(reviewer)
  await reviewer.goTo('Review')
  await reviewer.review.open('one.jpg')
  await expect(reviewer.review.comments().getByText('Done')).toBeVisible()
  await reviewer.window.getByRole('tab', { name: 'Story' }).click()
  await expect(reviewer.window.getByRole('list', { name: 'Story' }).getByRole('listitem')).toHaveCount(3)
  await reviewer.screenshot(test.info().outputPath('story.png'))
  await reviewer.review.canvas('one.jpg').press('v')
  await expect(reviewer.window.getByRole('list', { name: 'Differences' }).getByRole('listitem')).toHaveCount(1)
  await reviewer.screenshot(test.info().outputPath('compared.png'))
  await reviewer.window.keyboard.press('Escape')
  await reviewer.review.canvas('one.jpg').press('a')
  await reviewer.sync.waitForPhase('All synced')
  await expect.poll(async () => (await server.getTask('task-one'))?.state).toBe('accepted')

  await reviewer.goTo('Audit log')
  const events = reviewer.window.getByRole('grid', { name: 'Audit log' })
  await expect(events.getByRole('row', { name: /Submitted.*demo-annotator|demo-annotator.*Submitted/ })).toHaveCount(2)
  await expect(events.getByRole('row', { name: /Reviewed here/ })).toHaveCount(2)
  await reviewer.window.getByRole('button', { name: 'Verify all' }).click()
  await expect(reviewer.window.getByText('The audit log is sound: nothing was altered')).toBeVisible()
  await reviewer.screenshot(test.info().outputPath('audit.png'))
  expect([...annotator.complaints, ...reviewer.complaints]).toEqual([])
})

test('a reviewer mends a result and accepts it in one go, and then goes on reviewing', async () => {
  await reviewer.goTo('Review')
  await reviewer.review.open('one.jpg')
  await reviewer.review.canvas('one.jpg').press('e')
  await reviewer.annotate.waitUntilOpen('one.jpg')
  await expect(reviewer.annotate.objects()).toHaveCount(1)
  await reviewer.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.25, 0.3], to: [0.35, 0.5] })
  await reviewer.annotate.waitUntilSaved()
  await reviewer.window.getByRole('button', { name: 'Accept correction' }).click()
  await expect(reviewer.window.getByText('Nothing to review')).toBeVisible()
  await reviewer.sync.waitForPhase('All synced')
  await expect.poll(async () => (await server.getTask('task-one'))?.state).toBe('accepted')
  await expect(annotator.window.getByRole('button', { name: 'Review' })).toHaveCount(0)
  expect([...annotator.complaints, ...reviewer.complaints]).toEqual([])
})

test('the result of a gold task tells its score and is compared with the known answer', async () => {
  const face = (x: number, y: number) => ({ id: `face-${x}`, classId: 'face', geometry: { kind: 'rectangle', x, y, width: 120, height: 150 } })
  await server.setGold('task-two', { shapes: [face(100, 100), face(400, 120)], feedback: 'never' })
  await label('two.jpg')
  await sync(reviewer)
  await reviewer.goTo('Review')
  await expect(reviewer.window.getByRole('row', { name: /two\.jpg/ })).not.toContainText(/Not here yet|Image not downloaded|Downloading/, { timeout: 30_000 })
  await reviewer.review.open('two.jpg')
  const known = reviewer.window.getByRole('region', { name: 'Known answer' })
  await expect(known.getByText('Right: 0, missed: 2, too many: 1, wrong class: 0')).toBeVisible()
  await reviewer.screenshot(test.info().outputPath('gold.png'))
  await known.getByRole('button', { name: 'Compare with the known answer' }).click()
  await expect(reviewer.window.getByRole('list', { name: 'Differences' }).getByRole('listitem')).toHaveCount(3)
  await expect(reviewer.window.getByRole('combobox', { name: 'From' })).toHaveValue(/Known answer/)
  await reviewer.screenshot(test.info().outputPath('gold-compared.png'))
  await reviewer.window.keyboard.press('Escape')

  await annotator.goTo('History')
  await expect(annotator.window.getByText('Known answer')).toHaveCount(0)
  expect([...annotator.complaints, ...reviewer.complaints]).toEqual([])
})
