import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Asset } from '../../shared/domain/asset.ts'
import { A_LABEL_SCHEMA } from '../builders/records.ts'
import { OrchestratorProcess } from '../driver/orchestratorProcess.ts'
import { createOrchestrator } from '../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../orchestrator/seedPeople.ts'
import { createBareClient, inParallel } from './bareClient.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { manyImages } from './manyImages.ts'
import { openPulled } from './workstation.ts'

const ROUNDS = 3
/** As many at a time as the engine fetches. */
const PARALLEL = 3
const MIB = 2 ** 20

/** Images of all assigned tasks, until every one is verified and can be opened without a network. `mebibytes` in all, in images of about four. */
export async function prefetchImages(folder: string, mebibytes: number): Promise<Comparison> {
  const data = join(folder, 'orchestrator')
  const assets = await seed(data, mebibytes * MIB)
  const server = await OrchestratorProcess.start(data, { seed: 'empty' })
  try {
    const times = await inTurns(ROUNDS, () => prefetchWithEngine(join(folder, 'fieldmark'), server, assets.length), () => prefetchBarely(join(folder, 'bare'), server, assets))
    const total = assets.reduce((sum, { size }) => sum + size, 0)
    return {
      name: `prefetch ${Math.round(total / MIB)} MiB in ${assets.length} images`, fieldmark: times.fieldmark, goal: { kind: 'speedAtLeast', ratio: 0.8 },
      floor: { name: 'a fetch loop that writes the same bytes to the disk', times: times.floor }, amount: { count: total / MIB, unit: 'MiB' },
    }
  } finally {
    await server.stop()
  }
}

async function prefetchWithEngine(workspace: string, server: OrchestratorProcess, images: number): Promise<number> {
  const engine = await openPulled(workspace, server, server.token)
  const time = await timed(() => engine.prefetchAll())
  const { prefetched } = await engine.call('tasks.facets', {})
  if (prefetched !== images) throw new Error(`${prefetched} of ${images} images were prefetched`)
  await engine.stop()
  rmSync(workspace, { recursive: true })
  return time
}

async function prefetchBarely(folder: string, server: OrchestratorProcess, assets: readonly Asset[]): Promise<number> {
  mkdirSync(folder)
  const client = createBareClient(server)
  const time = await timed(() => inParallel(assets, PARALLEL, async (asset) => {
    await pipeline(Readable.fromWeb(await client.download(asset) as ReadableStream), createWriteStream(join(folder, asset.sha256), { flush: true }))
  }))
  rmSync(folder, { recursive: true })
  return time
}

/** Puts images of so many bytes into an orchestrator, a task for each. */
async function seed(dataDir: string, bytes: number): Promise<Asset[]> {
  const orchestrator = await createOrchestrator({ dataDir })
  await orchestrator.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
  const assets: Asset[] = []
  for await (const image of manyImages(bytes)) {
    const number = assets.length + 1
    assets.push(await orchestrator.addAsset({ id: `asset-${number}`, projectId: 'project-1', name: `street-${number}.jpg`, ...image }))
    await orchestrator.addTask({ id: `task-${number}`, projectId: 'project-1', assetId: `asset-${number}`, assignee: DEMO_ANNOTATOR.id })
  }
  await orchestrator.close()
  return assets
}
