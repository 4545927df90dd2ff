import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findReceipt } from '../../electron/engine/db/repositories/receipts.ts'
import { auditEpochs, auditRun, toAuditEntry } from '../../electron/engine/db/repositories/auditLog.ts'
import { findTask } from '../../electron/engine/db/repositories/tasks.ts'
import { A_LABEL_SCHEMA, taskId } from '../builders/records.ts'
import { temporaryFolder } from '../builders/temporaryFolder.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'
import { createFaultProxy } from './faultProxy.ts'
import { decideBySeed } from './fates.ts'
import { randomFrom, type Randomness } from './randomness.ts'
import { Workstation } from './workstation.ts'

const TASKS = 6
const STEPS = 14
/** How long the queue may take to drain by itself once the faults have stopped, in milliseconds. */
const DRAINS_WITHIN_MS = 8_000

/** `FIELDMARK_FAULT_SEED` replays one history; else the same ones run each time, and `FIELDMARK_FAULT_RUNS` more of them. */
const first = Number(process.env['FIELDMARK_FAULT_SEED'] ?? 1)
const runs = process.env['FIELDMARK_FAULT_SEED'] === undefined ? Number(process.env['FIELDMARK_FAULT_RUNS'] ?? 15) : 1
const seeds = Array.from({ length: runs }, (_, index) => first + index)

interface World { server: Orchestrator; stations: Workstation[] }

/** An orchestrator with tasks, and two workstations of one person, each behind a network that fails. */
async function aWorld(seed: number): Promise<World> {
  const proxies = [await createFaultProxy(), await createFaultProxy()]
  // Addresses of objects lead through the first proxy; both devices meet its faults there.
  const server = await createOrchestrator({ dataDir: temporaryFolder(), publicUrl: proxies[0]?.origin ?? '' })
  const token = await server.createUser({ id: 'ada', name: 'Ada', roles: ['annotator'] })
  await server.createUser({ id: 'bert', name: 'Bert', roles: ['annotator'] })
  await server.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: ['ada', 'bert'] })
  for (let number = 1; number <= TASKS; number++) {
    await server.addAsset({ id: `asset-${number}`, projectId: 'project-1', name: `${number}.jpg`, bytes: Buffer.alloc(20_000, number), width: 640, height: 480, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${number}`, projectId: 'project-1', assetId: `asset-${number}`, assignee: 'ada' })
  }
  for (const [index, proxy] of proxies.entries()) {
    proxy.target = server.url
    decideBySeed(proxy, seed * 10 + index, 0.3)
  }
  const stations = proxies.map((proxy, index) => new Workstation(`device-${index + 1}`, proxy, token))
  onTestFinished(async () => {
    for (const station of stations) await station.stop()
    await server.close()
    for (const proxy of proxies) await proxy.close()
  })
  return { server, stations }
}

async function step({ server, stations }: World, random: Randomness): Promise<void> {
  const station = random.pick(stations)
  const task = `task-${1 + random.below(TASKS)}`
  const roll = random.number()
  if (roll < 0.65) station.work(taskId(task))
  else if (roll < 0.75) await station.restart()
  else if (roll < 0.8) station.sync.wake('resume')
  else if (roll < 0.85) await server.cancelTask(task)
  else if (roll < 0.9) await server.assignTask(task, random.pick(['ada', 'bert']))
  else if (roll < 0.95) await server.rollBack(random.below(1 + (await server.listSubmissions()).length), random.pick([undefined, random.below(30)]))
  else {
    station.sync.setWorkOffline(true)
    station.work(taskId(task))
    station.sync.setWorkOffline(false)
  }
  await pause(random.below(80))
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function untilDrained({ stations }: World): Promise<void> {
  const end = Date.now() + DRAINS_WITHIN_MS
  const isDrained = (station: Workstation) => station.sync.status().phase === 'synced'
  while (!stations.every(isDrained)) {
    if (Date.now() > end) throw new Error(`Not drained: ${JSON.stringify(stations.map((station) => station.sync.status()))}`)
    await pause(50)
  }
}

describe('sync under faults', () => {
  it.each(seeds)('keeps every invariant and drains by itself (seed %i)', async (seed) => {
    const random = randomFrom(seed)
    const world = await aWorld(seed)
    const { server, stations } = world
    for (let count = 0; count < STEPS; count++) await step(world, random)
    for (const { proxy } of stations) proxy.decide = () => ({ kind: 'pass' })
    await untilDrained(world)
    // A server that was rolled back unnoticed is found out by the next poll, which is not waited for here.
    for (const { sync } of stations) await sync.syncOnce()
    await untilDrained(world)

    const held = await server.listSubmissions()
    for (const station of stations) {
      expect(station.breaches).toEqual([])
      await checkSubmissions(station, held)
      await checkAudit(server, station)
    }
    expect(held).toHaveLength(new Set(held.map(({ submissionId }) => submissionId)).size)
    expect(held).toHaveLength(stations.reduce((sum, station) => sum + station.saved.size, 0))
    for (const { objectKey, sha256 } of held) {
      const bytes = await server.readObject(objectKey)
      expect(createHash('sha256').update(bytes ?? '').digest('hex')).toBe(sha256)
      expect(objectKey).toBe(`submissions/sha256/${sha256}`)
    }
    await checkConvergence(world)
  }, 30_000)
})

/** Invariants 1 and 3: each in one place, counted once, under one hash. */
async function checkSubmissions(station: Workstation, held: Awaited<ReturnType<Orchestrator['listSubmissions']>>): Promise<void> {
  expect([...station.places().values()].filter((place) => place !== 'acknowledged')).toEqual([])
  for (const id of station.saved) {
    const there = held.filter((submission) => submission.submissionId === id)
    expect(there).toHaveLength(1)
    expect([...(station.sent.get(id) ?? [])]).toEqual([there[0]?.sha256])
    expect(findReceipt(station.workspace.db, id)?.sha256).toBe(there[0]?.sha256)
  }
}

/** Invariant 6: what the server holds is what was written here, to the last entry. */
async function checkAudit(server: Orchestrator, { workspace }: Workstation): Promise<void> {
  for (const { epoch } of auditEpochs(workspace.db)) {
    const local = auditRun(workspace.db, epoch, 0, 100_000).map(toAuditEntry)
    expect(await server.auditEntries(workspace.deviceId, epoch)).toEqual(local)
  }
  expect(await server.listAuditForks()).toEqual([])
  expect(workspace.db.pragma('integrity_check', { simple: true })).toBe('ok')
}

/** Once both devices have asked again, they know the same state and newest revision of every task as the server does. */
async function checkConvergence({ server, stations }: World): Promise<void> {
  for (const { sync } of stations) await sync.syncOnce()
  for (let number = 1; number <= TASKS; number++) {
    const id = taskId(`task-${number}`)
    const there = await server.getTask(id)
    // The other person's tasks are only told of as gone.
    if (there?.assignee !== 'ada') continue
    for (const { workspace } of stations) {
      const here = findTask(workspace.db, id)
      expect({ state: here?.state, headRevision: here?.headRevision ?? undefined }).toEqual({ state: there.state, headRevision: there.headRevision })
    }
  }
}
