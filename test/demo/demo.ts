// The main job of an annotator, performed in the real application: tasks arrive, the network goes away, three tasks are labelled
// and submitted, the application is quit and started again, and everything reaches the orchestrator exactly once.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { OrchestratorProcess } from '../driver/orchestratorProcess.ts'
import { s3FromEnvironment } from '../orchestrator/objects/s3Objects.ts'
import { createOrchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_LABELS, openAndLabel } from './demoLabels.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'out/demo')
const workspace = join(folder, 'workspace')
const orchestratorData = join(folder, 'orchestrator')

function say(line: string): void {
  console.log(line)
}

async function start(orchestrator: OrchestratorProcess): Promise<FieldmarkApp> {
  return FieldmarkApp.launch({ workspace, userData: join(folder, 'profile'), orchestrator })
}

async function pull(orchestrator: OrchestratorProcess): Promise<FieldmarkApp> {
  const app = await start(orchestrator)
  const tasks = await app.queue.waitUntilAllAvailableOffline(180_000)
  await app.sync.waitForPhase('All synced')
  await app.screenshot(join(folder, '1-queue.png'))
  say(`Pulled ${tasks} tasks; every image can be opened offline`)
  return app
}

async function labelOffline(app: FieldmarkApp): Promise<void> {
  for (const [index, label] of DEMO_LABELS.entries()) {
    await openAndLabel(app, label)
    await app.annotate.waitUntilSaved()
    await app.screenshot(join(folder, `${2 + index}-annotate.png`))
    const objects = await app.annotate.objects().count()
    await app.annotate.submit()
    await app.annotate.waitUntilSubmitted(label.task)
    say(`Labelled and submitted ${label.task} offline: ${objects} objects`)
  }
}

async function checkServer(submissions: number): Promise<void> {
  const server = await createOrchestrator({ dataDir: orchestratorData, s3: s3FromEnvironment(process.env) })
  try {
    const held = await server.listSubmissions()
    const ids = new Set(held.map((submission) => submission.submissionId))
    if (held.length !== submissions || ids.size !== submissions) throw new Error(`The orchestrator holds ${held.length} submissions instead of ${submissions}`)
    for (const { objectKey } of held) if (!(await server.readObject(objectKey))) throw new Error(`Storage lacks ${objectKey}`)
    const device = held[0]?.deviceId ?? ''
    const head = await server.auditHead(device)
    say(`The orchestrator holds ${held.length} submissions, each exactly once, with their bytes in storage, and ${head?.size ?? 0} audit entries`)
  } finally {
    await server.close()
  }
}

async function perform(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const orchestrator = await OrchestratorProcess.start(orchestratorData)
  const first = await pull(orchestrator)
  const { port } = orchestrator
  await orchestrator.kill()
  say('The network is gone: the orchestrator was killed')
  await labelOffline(first)
  await first.quit()

  const again = await start(orchestrator)
  await again.goTo('Sync')
  await again.sync.waitUntilWaiting(DEMO_LABELS.length)
  await again.screenshot(join(folder, '5-outbox.png'))
  say(`Quit and started again: ${DEMO_LABELS.length} submissions wait in the outbox`)

  const restarted = await OrchestratorProcess.start(orchestratorData, { port })
  await again.sync.syncNow()
  await again.sync.waitForPhase('All synced', 60_000)
  await again.screenshot(join(folder, '6-synced.png'))
  say('Online again: all synced, a receipt for each submission')
  await again.goTo('History')
  await again.history.verifyEverything()
  await again.screenshot(join(folder, '7-verified.png'))
  say('Verified: audit chain, database, revisions and cached images')
  await again.quit()
  await restarted.stop()
  await checkServer(DEMO_LABELS.length)
  if (first.complaints.length + again.complaints.length > 0) throw new Error(`The window complained:\n${[...first.complaints, ...again.complaints].join('\n')}`)
  say(`Screenshots: ${folder}`)
}

await perform()
