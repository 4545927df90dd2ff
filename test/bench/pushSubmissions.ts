import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openContext } from '../../electron/engine/openContext.ts'
import { createSyncStore } from '../../electron/engine/work/syncStore.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { A_LABEL_SCHEMA } from '../builders/records.ts'
import { OrchestratorProcess } from '../driver/orchestratorProcess.ts'
import { createOrchestrator } from '../orchestrator/orchestrator.ts'
import { createBareClient, inParallel } from './bareClient.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { labelAndSubmit, openPulled, syncCleanly } from './workstation.ts'

const ROUNDS = 3
const SUBMISSIONS = 500
/** As many at a time as the engine sends. */
const PARALLEL = 10

/** A whole round of sync that sends what 500 submitted tasks left behind, submissions and audit entries, stores the receipts and pulls. */
export async function pushSubmissions(folder: string): Promise<Comparison> {
  const data = join(folder, 'orchestrator')
  const tokens = await seed(data)
  const server = await OrchestratorProcess.start(data, { seed: 'empty' })
  const turn = async (name: string, token: string | undefined, push: (workspace: string, token: string) => Promise<number>) => {
    const workspace = join(folder, name)
    if (token === undefined) throw new Error('There are more rounds than people')
    const time = await push(workspace, token)
    rmSync(workspace, { recursive: true })
    return time
  }
  try {
    const times = await inTurns(ROUNDS,
      (round) => turn('fieldmark', tokens[2 * round], (workspace, token) => pushWithEngine(workspace, server, token)),
      (round) => turn('bare', tokens[2 * round + 1], (workspace, token) => pushBarely(workspace, server, token)),
    )
    return {
      name: `push ${SUBMISSIONS} submissions`, fieldmark: times.fieldmark, goal: { kind: 'speedAtLeast', ratio: 0.8 },
      floor: { name: 'a fetch loop over the same requests', times: times.floor }, amount: { count: SUBMISSIONS, unit: 'submissions' },
    }
  } finally {
    await server.stop()
  }
}

async function pushWithEngine(workspace: string, server: OrchestratorProcess, token: string): Promise<number> {
  const engine = await openPulled(workspace, server, token)
  await labelAndSubmit(engine, SUBMISSIONS)
  const time = await timed(() => syncCleanly(engine))
  await engine.stop()
  return time
}

async function pushBarely(workspace: string, server: OrchestratorProcess, token: string): Promise<number> {
  const engine = await openPulled(workspace, server, token)
  await labelAndSubmit(engine, SUBMISSIONS)
  await engine.stop()
  const { device, segment, outbox, cursor } = readPrepared(workspace)
  const client = createBareClient({ url: server.url, token })
  return timed(async () => {
    await client.register(device)
    await client.appendAudit(segment)
    await inParallel(outbox, PARALLEL, ({ item, bytes }) => client.submit(item, bytes))
    await client.pull(cursor)
  })
}

/** All that a round of sync would send. */
function readPrepared(workspace: string) {
  const { context } = openContext(workspace)
  const store = createSyncStore(context)
  const outbox = store.dueOutbox(Number.MAX_SAFE_INTEGER, SUBMISSIONS).map((item) => ({ item, bytes: store.submissionBytes(item.submissionId) }))
  const segment = store.nextAuditSegment(SUBMISSIONS)
  const cursor = store.cursor()?.cursor
  const device = { deviceId: context.deviceId, name: 'benchmark', publicKey: context.key.publicKey, appVersion: 'benchmark' }
  context.db.close()
  if (segment === undefined || cursor === undefined) throw new Error('Nothing was prepared')
  return { device, segment, outbox, cursor }
}

/** A person with 500 tasks for each turn; answers their tokens. */
async function seed(dataDir: string): Promise<string[]> {
  const orchestrator = await createOrchestrator({ dataDir })
  const people = Array.from({ length: 2 * ROUNDS }, (_, index) => `person-${index}`)
  const tokens: string[] = []
  for (const id of people) tokens.push(await orchestrator.createUser({ id, name: id, roles: DEMO_ANNOTATOR.roles }))
  await orchestrator.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: people })
  await orchestrator.addAsset({ id: 'asset-1', projectId: 'project-1', name: 'street.jpg', bytes: Buffer.from('never fetched'), width: 640, height: 480, mediaType: 'image/jpeg' })
  for (const person of people) {
    for (let number = 0; number < SUBMISSIONS; number++) await orchestrator.addTask({ id: `${person}-task-${number}`, projectId: 'project-1', assetId: 'asset-1', assignee: person })
  }
  await orchestrator.close()
  return tokens
}
