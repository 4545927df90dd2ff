import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { OrchestratorProcess } from '../driver/orchestratorProcess.ts'
import { DEMO_LABELS, openAndLabel } from '../demo/demoLabels.ts'
import { createOrchestrator } from '../orchestrator/orchestrator.ts'

let folder: string
test.beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'fieldmark-e2e-')) })
test.afterEach(async () => { await rm(folder, { recursive: true, force: true }) })

test('three tasks labelled offline, across a killed server and a killed application, arrive exactly once', async () => {
  test.setTimeout(300_000)
  const workspace = join(folder, 'workspace')
  const data = join(folder, 'orchestrator')
  const server = await OrchestratorProcess.start(data)
  const launch = () => FieldmarkApp.launch({ workspace, orchestrator: server })

  const first = await launch()
  await first.queue.waitUntilAllAvailableOffline(120_000)
  await first.sync.waitForPhase('All synced')
  await server.kill()

  await labelAll(first, DEMO_LABELS.slice(0, 2))
  const [unfinished] = DEMO_LABELS.slice(2)
  if (!unfinished) throw new Error('The demo has three tasks')
  await openAndLabel(first, unfinished)
  await first.annotate.waitUntilSaved()
  const drawn = await first.annotate.objects().count()
  await first.kill()

  const again = await launch()
  await again.goTo('Sync')
  await again.sync.waitUntilWaiting(2)
  await again.goTo('Queue')
  await again.queue.search(unfinished.task)
  await again.queue.open(unfinished.task)
  await expect(again.annotate.objects()).toHaveCount(drawn)
  await again.annotate.submit()
  await again.annotate.waitUntilSubmitted(unfinished.task)

  const restarted = await OrchestratorProcess.start(data, { port: server.port })
  await again.sync.waitForPhase('All synced', 120_000)
  await again.goTo('History')
  await again.history.verifyEverything()
  expect(again.complaints).toEqual([])
  await again.quit()
  await restarted.stop()
  await expectExactlyOnce(data, DEMO_LABELS.length)
})

async function labelAll(app: FieldmarkApp, labels: typeof DEMO_LABELS): Promise<void> {
  for (const label of labels) {
    await openAndLabel(app, label)
    await app.annotate.submit()
    await app.annotate.waitUntilSubmitted(label.task)
  }
}

async function expectExactlyOnce(data: string, submissions: number): Promise<void> {
  const server = await createOrchestrator({ dataDir: data })
  try {
    const held = await server.listSubmissions()
    expect(held.map(({ taskId }) => taskId).sort()).toEqual(DEMO_LABELS.map(({ task }) => `task-${task.replace('.jpg', '')}`).sort())
    expect(new Set(held.map(({ submissionId }) => submissionId)).size).toBe(submissions)
    for (const { objectKey, sha256 } of held) {
      const bytes = await server.readObject(objectKey)
      expect(bytes && sha256Of(bytes)).toBe(sha256)
    }
    const [device] = new Set(held.map(({ deviceId }) => deviceId))
    if (device === undefined) throw new Error('No device sent anything')
    const entries = await server.auditEntries(device)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    expect(entries.filter(({ type }) => type === 'submitted')).toHaveLength(submissions)
    expect(await server.listAuditForks()).toEqual([])
  } finally {
    await server.close()
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
