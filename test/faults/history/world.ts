import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Role } from '../../../shared/domain/role.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { jpegOf } from '../../builders/images.ts'
import { createOrchestrator, type Orchestrator } from '../../orchestrator/orchestrator.ts'
import type { Witness } from '../checker/workspace.ts'
import { createFaultProxy, type FaultProxy } from '../faultProxy.ts'
import { memoryFolder } from '../memoryFolder.ts'
import { OwnProcessStation } from '../stations/ownProcess.ts'
import { SameProcessStation } from '../stations/sameProcess.ts'
import { configOf, type Station } from '../stations/station.ts'
import { Person } from './person.ts'

export const TASKS = 6

/** A station with its person and its own way to the orchestrator. */
export interface Desk { person: Person; station: Station; proxy: FaultProxy; witness: Witness }

/** An orchestrator with tasks, and workstations of one person, each behind a network that can fail. */
export interface World {
  server: Orchestrator
  dataDir: string
  desks: Desk[]
  /** What no output may show. */
  secrets: string[]
  close(): Promise<void>
}

export interface WorldOptions {
  desks: number
  /** The first engine is in a process of its own, which can be killed. */
  killable: boolean
  /** Ada reviews too, and Bert's results are there to be reviewed. */
  reviews?: boolean
  /** More variables of the environment of that process. */
  environment?: Record<string, string>
}

export async function openWorld({ desks: count, killable, reviews = false, environment = {} }: WorldOptions): Promise<World> {
  const folder = memoryFolder('world')
  const proxies = await Promise.all(Array.from({ length: count }, () => createFaultProxy()))
  const dataDir = join(folder, 'orchestrator')
  // Addresses of objects lead through the first proxy; all stations meet its faults there.
  const server = await createOrchestrator({ dataDir, publicUrl: proxies[0]?.origin ?? '' })
  const token = await furnish(server, reviews ? ['annotator', 'reviewer'] : ['annotator'])
  const desks = proxies.map((proxy, index): Desk => {
    proxy.target = server.url
    const config = configOf(join(folder, `desk-${index + 1}`, 'workspace'), proxy.origin, token)
    const station = killable && index === 0 ? new OwnProcessStation(config, environment) : new SameProcessStation(config)
    spareTheBallast(config.workspaceDir)
    const person = new Person(`desk-${index + 1}`, station)
    return { person, station, proxy, witness: witnessOf(person, proxy) }
  })
  return {
    server, dataDir, desks, secrets: [token],
    async close() {
      for (const { station } of desks) await station.kill()
      await server.close()
      for (const proxy of proxies) await proxy.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** @returns the token of Ada, whom all tasks are assigned to */
async function furnish(server: Orchestrator, roles: readonly Role[]): Promise<string> {
  const token = await server.createUser({ id: 'ada', name: 'Ada', roles })
  await server.createUser({ id: 'bert', name: 'Bert', roles: ['annotator'] })
  await server.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: ['ada', 'bert'] })
  await server.addAsset({ id: 'asset-1', projectId: 'project-1', name: 'street.jpg', bytes: await jpegOf(64, 48), width: 64, height: 48, mediaType: 'image/jpeg' })
  for (let number = 1; number <= TASKS; number++) await server.addTask({ id: `task-${number}`, projectId: 'project-1', assetId: 'asset-1', assignee: 'ada' })
  return token
}

/** An empty ballast saves every engine eight megabytes of writing. */
function spareTheBallast(workspaceDir: string): void {
  mkdirSync(workspaceDir, { recursive: true })
  writeFileSync(join(workspaceDir, 'ballast'), '')
}

const CommitSchema = z.object({ submissionId: z.string(), sha256: z.string() })

/** Writes down what a person was told and what passes by on the way. */
function witnessOf(person: Person, proxy: FaultProxy): Witness {
  const sent = new Map<string, Set<string>>()
  const cursors: (string | undefined)[] = []
  proxy.observe = ({ method, path, body }) => {
    const url = new URL(path, 'http://proxy')
    if (method === 'GET' && url.pathname === '/v1/pull') cursors.push(url.searchParams.get('cursor') ?? undefined)
    if (method !== 'POST' || url.pathname !== '/v1/submissions') return
    const { submissionId, sha256 } = CommitSchema.parse(JSON.parse(body.toString()))
    sent.set(submissionId, (sent.get(submissionId) ?? new Set()).add(sha256))
  }
  return { folder: person.station.folder, saved: person.saved, drawn: person.drawn, sent, cursors }
}
