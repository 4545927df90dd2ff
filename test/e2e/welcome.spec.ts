import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { demoLabelSchemas } from '../orchestrator/seed/labelSchema.ts'
import { jpegOf } from '../builders/images.ts'
import { PHOTOGRAPHS } from '../orchestrator/seed/photographs.ts'

let folder: string
let app: FieldmarkApp
test.beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'fieldmark-welcome-')) })
test.afterEach(async () => {
  await app.quit()
  await rm(folder, { recursive: true, force: true })
})

test('without a workspace the window offers a folder of pictures, and opens it again the next time', async () => {
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'sample1.jpg'))
  const userData = join(folder, '.profile')
  app = await FieldmarkApp.launch({ userData })
  await expect(app.window.getByRole('heading', { name: 'Open a workspace' })).toBeVisible()
  await app.chooseFolderWith(folder, () => app.window.getByRole('button', { name: 'Choose a folder…' }).click())
  await expect(app.queue.row('sample1.jpg')).toBeVisible()
  expect(app.complaints).toEqual([])
  await app.quit()
  app = await FieldmarkApp.launch({ userData })
  await expect(app.queue.row('sample1.jpg')).toBeVisible()
})

test('an orchestrator is connected with its address and a token; a wrong token is told', async () => {
  const server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  try {
    await addTask(server)
    app = await FieldmarkApp.launch({ userData: join(folder, 'profile') })
    await connect('not an address', 'x')
    await expect(app.window.getByText('Enter an address that starts with https:// or http://')).toBeVisible()
    await connect(server.url, 'wrong')
    await keepToken('For this session only')
    await app.sync.waitForPhase('Sign-in needed')
    await app.window.getByRole('button', { name: server.url }).click()
    await app.window.getByRole('menuitem', { name: 'Connect to an orchestrator…' }).click()
    await connect(server.url, server.tokens.annotator)
    await app.sync.waitForPhase('All synced')
    await expect(app.queue.row('street.jpg')).toBeVisible()
  } finally {
    await server.close()
  }
})

test('a token that nothing protects is kept as the person says, and asked for again when it cannot be read any more', async () => {
  const server = await createOrchestrator({ dataDir: join(folder, 'orchestrator') })
  const userData = join(folder, 'profile')
  try {
    await addTask(server)
    app = await FieldmarkApp.launch({ userData })
    await connect(server.url, server.tokens.annotator)
    await app.screenshot(test.info().outputPath('consent.png'))
    await keepToken('On this disk, unprotected')
    await app.queue.open('street.jpg')
    await app.annotate.waitUntilOpen('street.jpg')
    await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.3, 0.3], to: [0.4, 0.4] })
    await app.annotate.waitUntilSaved()
    await app.quit()
    app = await FieldmarkApp.launch({ userData })
    await expect(app.queue.row('street.jpg')).toContainText('In progress')
    await app.goTo('Diagnostics')
    await expect(app.window.getByText('kept on this disk, unprotected')).toBeVisible()
    await app.quit()
    // As a keyring leaves it that was reset: sealed by something that is not there any more.
    await writeFile(join(userData, 'last-workspace.json'), JSON.stringify({ kind: 'orchestrator', url: server.url, sealedToken: Buffer.from('v11 sealed').toString('base64') }))
    app = await FieldmarkApp.launch({ userData })
    await expect(app.window.getByText('The access token can no longer be read')).toBeVisible()
    await app.screenshot(test.info().outputPath('tokenMissing.png'))
    await app.window.getByRole('textbox', { name: 'Access token' }).fill(server.tokens.annotator)
    await app.window.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(app.queue.row('street.jpg')).toContainText('In progress')
  } finally {
    await server.close()
  }
})

test('an engine that is killed is started again, and nothing that was drawn is lost', async () => {
  await copyFile(PHOTOGRAPHS.sample1, join(folder, 'sample1.jpg'))
  app = await FieldmarkApp.launch({ folder })
  await app.queue.open('sample1.jpg')
  await app.annotate.waitUntilOpen('sample1.jpg')
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.3, 0.3], to: [0.4, 0.4] })
  await app.annotate.waitUntilSaved()
  await app.killEngine()
  await app.annotate.draw({ kind: 'rectangle', classKey: '1', from: [0.5, 0.5], to: [0.6, 0.6] })
  await app.annotate.waitUntilSaved()
  await expect(app.annotate.objects()).toHaveCount(2)
  await app.quit()
  app = await FieldmarkApp.launch({ folder })
  await expect(app.queue.row('sample1.jpg')).toContainText('In progress')
  await app.queue.open('sample1.jpg')
  await expect(app.annotate.objects()).toHaveCount(2)
})

async function connect(url: string, token: string): Promise<void> {
  await app.window.getByRole('textbox', { name: 'Address' }).fill(url)
  await app.window.getByRole('textbox', { name: 'Access token' }).fill(token)
  await app.window.getByRole('button', { name: 'Connect', exact: true }).click()
}

async function keepToken(choice: string): Promise<void> {
  const question = app.window.getByRole('dialog', { name: 'How should the access token be kept?' })
  await question.getByText(choice, { exact: true }).click()
  await question.getByRole('button', { name: 'Keep it so' }).click()
  await expect(question).toBeHidden()
}

async function addTask(server: Orchestrator): Promise<void> {
  await server.createProject({ id: 'people', name: 'People', labelSchema: demoLabelSchemas.people, members: [DEMO_ANNOTATOR.id] })
  await server.addAsset({ id: 'asset-1', projectId: 'people', name: 'street.jpg', bytes: await jpegOf(320, 240), width: 320, height: 240, mediaType: 'image/jpeg' })
  await server.addTask({ id: 'task-1', projectId: 'people', assetId: 'asset-1', assignee: DEMO_ANNOTATOR.id })
}
