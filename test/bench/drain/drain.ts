import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { ENGINE_V8_FLAGS } from '../../../electron/main/v8Flags.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import { prepareCeph, startCeph, type Ceph } from '../../ceph/ceph.ts'
import { OrchestratorProcess } from '../../driver/orchestratorProcess.ts'
import type { Comparison } from '../comparison.ts'
import { labelAndSubmit, openPulled, type Reach } from '../workstation.ts'
import { bundleEngine } from './bundledEngine.ts'
import { BUCKET, IMAGES_PREFIX, seedDrain } from './seedDrain.ts'
import { writeQueuedFiles } from './queuedFiles.ts'
import { copyByRclone, prepareRclone } from './rclone.ts'
import { openSlowLink, type LinkQuality } from './slowLink.ts'

/** `transfers`: how many files rclone copies at once; by itself 4. */
export interface DrainAmount { gib: number; submissions: number; roundTripsMs: readonly number[]; transfers: number }

const LOSS = 0.01
/** What Ceph's memory takes; more is fetched in several turns, each into an empty workspace. */
const GIB_AT_ONCE = 2
const MEMORY_GOAL_MIB = 150

const ResultSchema = z.object({ pushMs: z.number(), fetchMs: z.number(), prefetched: z.int(), afterPushMib: z.number(), afterFetchMib: z.number(), mostMib: z.number(), decodersMib: z.number() })

/** Time to send what was submitted offline and to fetch what is missing, over links of different quality, beside rclone with the same bucket, bytes and link. */
export async function drain(folder: string, amount: DrainAmount): Promise<Comparison[]> {
  const availability = await prepareCeph()
  if (!availability.available) {
    console.log(`drain is left out: ${availability.reason}`)
    return []
  }
  prepareRclone()
  const script = await bundleEngine(join(folder, 'engine'))
  const ceph = await startCeph()
  const data = join(folder, 'orchestrator')
  try {
    const seeded = await seedDrain(data, ceph, Math.min(amount.gib, GIB_AT_ONCE), amount.submissions, amount.roundTripsMs.length)
    const environment = { S3_ENDPOINT: ceph.endpoint, S3_BUCKET: BUCKET, AWS_ACCESS_KEY_ID: ceph.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: ceph.credentials.secretAccessKey, AWS_REGION: ceph.region }
    const server = await OrchestratorProcess.start(data, { seed: 'empty', environment })
    const comparisons: Comparison[] = []
    try {
      for (const [index, roundTripMs] of amount.roundTripsMs.entries()) {
        const person = seeded.people[index]
        if (person === undefined) throw new Error('There are more links than people')
        comparisons.push(...(await overLink({ script, folder, amount, ceph, server, person, images: seeded.images, quality: { roundTripMs, loss: LOSS } })))
      }
    } finally {
      await server.stop()
    }
    return comparisons
  } finally {
    await ceph.stop()
  }
}

interface Turn { script: string; folder: string; amount: DrainAmount; ceph: Ceph; server: OrchestratorProcess; person: { id: string; token: string }; images: number; quality: LinkQuality }

async function overLink(turn: Turn): Promise<Comparison[]> {
  const { folder, amount, ceph, server, person, quality } = turn
  const sent = join(folder, 'sent')
  let queued = { files: 0, bytes: 0 }
  const [storage, orchestrator] = [await openSlowLink(ceph.endpoint, quality), await openSlowLink(server.url, quality)]
  try {
    const repeats = Math.max(1, Math.ceil(amount.gib / GIB_AT_ONCE))
    const mine = { push: 0, fetch: 0, afterPushMib: 0, afterFetchMib: 0, mostMib: 0, decodersMib: 0 }
    for (let repeat = 0; repeat < repeats; repeat++) {
      const workspace = join(folder, `workspace-${repeat}`)
      const keys = { region: ceph.region, ...ceph.credentials }
      const reach: Reach = { url: server.url, token: person.token, s3: { endpoint: ceph.endpoint, ...keys } }
      const engine = await openPulled(workspace, reach, person.token)
      if (repeat === 0) await labelAndSubmit(engine, amount.submissions)
      await engine.stop()
      if (repeat === 0) queued = writeQueuedFiles(workspace, sent)
      const result = await drainByEngine(turn.script, { workspaceDir: workspace, source: { kind: 'orchestrator', ...reach, url: orchestrator.origin, s3: { endpoint: storage.origin, ...keys } }, appVersion: 'benchmark', deviceName: 'benchmark' })
      if (result.prefetched < turn.images) throw new Error(`${result.prefetched} of ${turn.images} images were fetched`)
      if (repeat === 0) Object.assign(mine, { push: result.pushMs, afterPushMib: result.afterPushMib })
      mine.fetch += result.fetchMs
      mine.afterFetchMib = Math.max(mine.afterFetchMib, result.afterFetchMib)
      mine.mostMib = Math.max(mine.mostMib, result.mostMib)
      mine.decodersMib = Math.max(mine.decodersMib, result.decodersMib)
      rmSync(workspace, { recursive: true })
    }
    console.log(`memory of the engine at ${quality.roundTripMs} ms: at most ${Math.round(mine.afterPushMib)} MiB while it sent, ${Math.round(mine.afterFetchMib)} while it fetched images, ${Math.round(mine.mostMib)} when they were decoded (goal: ${MEMORY_GOAL_MIB}), besides ${Math.round(mine.decodersMib)} of the process that decodes`)
    const theirs = await drainByRclone(turn, sent, storage.origin, repeats)
    return comparisonsOf(turn, queued, mine, theirs)
  } finally {
    await storage.close()
    await orchestrator.close()
  }
}

async function drainByEngine(script: string, config: EngineConfig): Promise<z.infer<typeof ResultSchema>> {
  const { stdout } = await promisify(execFile)(process.execPath, [...ENGINE_V8_FLAGS, script, JSON.stringify(config)])
  return ResultSchema.parse(JSON.parse(stdout))
}

/** The same objects: submissions, edit histories and images. */
async function drainByRclone({ folder, amount: { transfers }, ceph, person }: Turn, sent: string, endpoint: string, repeats: number): Promise<{ push: number; fetch: number }> {
  const fetched = join(folder, 'fetched')
  const push = await copyByRclone(sent, `remote:${BUCKET}/rclone/${person.id}`, endpoint, ceph, transfers)
  let fetch = 0
  for (let repeat = 0; repeat < repeats; repeat++) {
    fetch += await copyByRclone(`remote:${BUCKET}/${IMAGES_PREFIX}`, fetched, endpoint, ceph, transfers)
    rmSync(fetched, { recursive: true })
  }
  rmSync(sent, { recursive: true })
  return { push, fetch }
}

function comparisonsOf({ amount, quality }: Turn, queued: { files: number; bytes: number }, mine: { push: number; fetch: number }, theirs: { push: number; fetch: number }): Comparison[] {
  const link = `${quality.roundTripMs} ms, ${100 * quality.loss} % loss`
  const rclone = `rclone, ${amount.transfers} files at once,`
  return [
    {
      name: `send ${amount.submissions} submissions at ${link}`, fieldmark: [mine.push], goal: { kind: 'speedAtLeast', ratio: 1 },
      floor: { name: `${rclone} with the same ${queued.files} objects (${(queued.bytes / 2 ** 20).toFixed(1)} MiB), without commits, receipts and audit entries`, times: [theirs.push] }, amount: { count: amount.submissions, unit: 'submissions' },
    },
    {
      name: `fetch ${amount.gib} GiB at ${link}`, fieldmark: [mine.fetch], goal: { kind: 'speedAtLeast', ratio: 1 },
      floor: { name: `${rclone} with the same images, which it leaves to the page cache and does not look into`, times: [theirs.fetch] }, amount: { count: amount.gib * 1024, unit: 'MiB' },
    },
  ]
}
