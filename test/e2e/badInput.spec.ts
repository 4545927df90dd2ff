import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'
import { jpegOf, pngBomb } from '../builders/images.ts'

let folder: string
let server: Orchestrator
let app: FieldmarkApp
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-bad-'))
  server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  await addTask('sound', await picture(1))
})
test.afterEach(async () => {
  await app.quit()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

interface Picture { bytes: Uint8Array; width: number; height: number; mediaType: string }

/** Pixels that differ by their seed; noise, so that cutting a file short hurts. */
async function picture(seed: number): Promise<Picture> {
  return { bytes: await jpegOf(640, 480, seed), width: 640, height: 480, mediaType: 'image/jpeg' }
}

async function addTask(name: string, { bytes, ...picture }: Picture, projectId = 'people'): Promise<void> {
  await server.addAsset({ id: `asset-${name}`, projectId, name: `${name}.jpg`, bytes, ...picture })
  await server.addTask({ id: `task-${name}`, projectId, assetId: `asset-${name}`, assignee: DEMO_ANNOTATOR.id })
}

async function launch(workspace = join(folder, 'workspace')): Promise<void> {
  app = await FieldmarkApp.launch({ workspace, orchestrator: { url: server.url, token: server.tokens.annotator } })
}

/** The good task beside the bad one can be labelled and reaches the server. */
async function expectTheRestGoesOn(): Promise<void> {
  await app.goTo('Queue')
  await app.queue.search('')
  await app.queue.open('sound.jpg')
  await app.annotate.waitUntilOpen('sound.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.4, 0.3], to: [0.6, 0.5] })
  await app.annotate.waitUntilSaved()
  await app.annotate.submit()
  await expect.poll(async () => (await server.listSubmissions()).length, { timeout: 30_000 }).toBe(1)
}

async function expectProblem(name: string, title: string): Promise<void> {
  await app.queue.open(name)
  await expect(app.window.getByRole('alert').filter({ hasText: title })).toBeVisible({ timeout: 30_000 })
}

test('a corrupt image is named on its task', async () => {
  const { bytes, ...rest } = await picture(2)
  await addTask('broken', { ...rest, bytes: bytes.slice(0, bytes.length / 3) })
  await launch()
  await expectProblem('broken.jpg', 'The image is damaged')
  await expectTheRestGoesOn()
})

test('an image whose bytes are not the announced ones is never shown', async () => {
  const other = await picture(3)
  await addTask('swapped', other)
  await replaceStoredObject(createHash('sha256').update(other.bytes).digest('hex'))
  await launch()
  await expectProblem('swapped.jpg', 'The image is not the announced one')
  await expectTheRestGoesOn()
})

test('an image over the pixel limit is refused before it is decoded', async () => {
  await addTask('bomb', { bytes: pngBomb(), width: 100_000, height: 100_000, mediaType: 'image/png' })
  await launch()
  await expectProblem('bomb.jpg', 'The image is too large')
  await expectTheRestGoesOn()
})

test('a label schema of an unknown version keeps its tasks closed and is told', async () => {
  await server.createProject({ id: 'future', name: 'Future', labelSchema: { format: 'fieldmark.label-schema/99', name: 'Later' }, members: [DEMO_ANNOTATOR.id] })
  await addTask('later', await picture(4), 'future')
  await launch()
  await expectProblem('later.jpg', 'The label schema is of an unknown version')
  await expectTheRestGoesOn()
})

test('a full disk is told, and what was not saved stays on the screen until there is room', async () => {
  const small = join(folder, 'small')
  await mkdir(small)
  let mounted = true
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', small], { stdio: 'ignore' })
  } catch {
    mounted = false
  }
  test.skip(!mounted, 'a small file system cannot be mounted here')
  try {
    await launch(join(small, 'workspace'))
    await app.queue.open('sound.jpg')
    await app.annotate.waitUntilOpen('sound.jpg')
    await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.3, 0.3], to: [0.4, 0.4] })
    await app.annotate.waitUntilSaved()
    const filler = join(small, 'filler')
    await fill(filler)
    for (let index = 0; index < 30; index++) await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.5, 0.5], to: [0.6, 0.6 + index / 100] })
    await expect(app.window.getByText(/^Not saved: /)).toBeVisible({ timeout: 20_000 })
    await expect(app.window.getByRole('button', { name: /^Sync: Not saving: disk full/ })).toBeVisible()
    // Nothing is given up silently, whatever the window shows.
    await app.goTo('Diagnostics')
    await app.screenshot(test.info().outputPath('full.png'))
    await app.window.evaluate(() => window.close())
    const question = app.window.getByRole('dialog', { name: 'Close without saving?' })
    await question.getByRole('button', { name: 'Keep open' }).click()
    await app.goTo('Annotate')
    await rm(filler)
    // It tries again by itself, after half a minute at the latest.
    await app.annotate.waitUntilSaved(45_000)
    await expect(app.annotate.objects()).not.toHaveCount(0)
    await app.quit()
  } finally {
    execFileSync('umount', ['--lazy', small])
  }
})

async function fill(file: string): Promise<void> {
  await writeFile(file, '')
  const block = Buffer.alloc(64 * 1024, 7)
  for (;;) {
    try {
      await writeFile(file, block, { flag: 'a' })
    } catch {
      return
    }
  }
}

/** Puts other bytes of the same length where the server keeps an object. */
async function replaceStoredObject(sha256: string): Promise<void> {
  for (const file of filesBelow(join(folder, 'orchestrator', 'objects'))) {
    const bytes = await readFile(file)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) continue
    bytes.reverse()
    await writeFile(file, bytes)
    return
  }
  throw new Error('The object is not stored')
}

function filesBelow(parent: string): string[] {
  return readdirSync(parent).flatMap((name) => {
    const path = join(parent, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}
