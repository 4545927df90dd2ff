import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openConnectProxy } from '../builders/connectProxy.ts'
import { jpegOf } from '../builders/images.ts'
import { A_LABEL_SCHEMA } from '../builders/records.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'

test('an orchestrator that only the proxy of the system knows is reached through it, and its storage too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-proxy-'))
  const server = await createOrchestrator({ dataDir: join(folder, 'orchestrator'), publicUrl: 'http://labels.test' })
  await server.createProject({ id: 'streets', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
  await server.addAsset({ id: 'asset-1', projectId: 'streets', name: 'street.jpg', bytes: await jpegOf(640, 480), width: 640, height: 480, mediaType: 'image/jpeg' })
  await server.addTask({ id: 'task-1', projectId: 'streets', assetId: 'asset-1', assignee: DEMO_ANNOTATOR.id })
  const proxy = await openConnectProxy({ 'labels.test': server.url })
  const app = await FieldmarkApp.launch({
    workspace: join(folder, 'workspace'), orchestrator: { url: 'http://labels.test', token: server.tokens.annotator }, args: [`--proxy-server=${proxy.host}`],
  })
  try {
    await app.sync.waitForPhase('All synced')
    await expect(app.window.getByText('1 of 1 images available offline')).toBeVisible()
    expect(proxy.asked).toContain('labels.test:80')
  } finally {
    await app.quit()
    await proxy.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
