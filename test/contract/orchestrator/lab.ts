import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SUBMISSION_MEDIA_TYPE, submissionObjectKey } from '../../../shared/api/messages.ts'
import type { Change } from '../../../shared/api/records.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import type { Review } from '../../../shared/domain/review.ts'
import type { Statement, StatementReceipt } from '../../../shared/domain/statement.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { aDevice } from '../../builders/auditChain.ts'
import type { TestDevice } from '../../builders/auditChain.ts'
import { A_LABEL_SCHEMA, A_SCHEMA_HASH, aShape } from '../../builders/records.ts'
import { aRevision, commitOf, frozen } from '../../builders/revision.ts'
import type { FrozenRevision } from '../../builders/revision.ts'
import { createOrchestrator } from '../../orchestrator/orchestrator.ts'
import type { Orchestrator, OrchestratorOptions } from '../../orchestrator/orchestrator.ts'
import { createClient } from './client.ts'
import type { Client } from './client.ts'

/** A person at a registered device. */
export interface Workstation {
  userId: string
  token: string
  client: Client
  device: TestDevice
}

/** An orchestrator with one project, an annotator (`ada`), another one (`ben`) and a reviewer (`rita`). */
export interface Lab {
  orchestrator: Orchestrator
  /** Milliseconds that the orchestrator's clock runs ahead. */
  clock: { ahead: number }
  ada: Workstation
  ben: Workstation
  rita: Workstation
  dataDir: string
  /** Ends the orchestrator and starts another one on its data, at the same address. */
  restart(): Promise<void>
  close(): Promise<void>
}

export type OpenLab = (options?: Partial<OrchestratorOptions>) => Promise<Lab>

export const PROJECT = 'project-1'

export async function openLab(options: Partial<OrchestratorOptions>): Promise<Lab> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-orchestrator-'))
  const clock = { ahead: 0 }
  const settings = { dataDir, now: () => Date.now() + clock.ahead, ...options }
  const orchestrator = await createOrchestrator(settings)
  const person = async (id: string, role: 'annotator' | 'reviewer') => {
    const token = await orchestrator.createUser({ id, name: id, roles: [role] })
    return { userId: id, token, client: createClient(orchestrator.url, token) }
  }
  const people = [await person('ada', 'annotator'), await person('ben', 'annotator'), await person('rita', 'reviewer')] as const
  await orchestrator.createProject({ id: PROJECT, name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: people.map(({ userId }) => userId) })
  const [ada, ben, rita] = await Promise.all([register(people[0]), register(people[1]), register(people[2])])
  const lab: Lab = {
    orchestrator, clock, ada, ben, rita, dataDir,
    async restart() {
      await lab.orchestrator.close()
      lab.orchestrator = await createOrchestrator({ ...settings, port: Number(new URL(orchestrator.url).port) })
    },
    async close() {
      await lab.orchestrator.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return lab
}

/** Puts a person at another device. */
export async function register(person: Omit<Workstation, 'device'>): Promise<Workstation> {
  const device = aDevice()
  await person.client.ok('registerDevice', { body: registrationOf(device) })
  return { ...person, device }
}

export function registrationOf({ deviceId, publicKey }: TestDevice) {
  return { deviceId, name: 'Workstation', publicKey, appVersion: '0.1.0' }
}

export interface NewWork {
  task: Task
  asset: Asset
}

/** A task of its own, with an image of its own. */
export async function aTaskFor({ orchestrator }: Lab, assignee: Workstation, fields: { priority?: number; tags?: Record<string, string> } = {}): Promise<NewWork> {
  const id = randomUUID()
  const bytes = Buffer.from(`image ${id}`)
  const asset = await orchestrator.addAsset({ id: `asset-${id}`, projectId: PROJECT, name: `${id}.jpg`, bytes, width: 640, height: 480, mediaType: 'image/jpeg' })
  await orchestrator.addTask({ id: `task-${id}`, projectId: PROJECT, assetId: asset.id, assignee: assignee.userId, ...fields })
  return { task: await taskOf(orchestrator, `task-${id}`), asset }
}

export async function taskOf(orchestrator: Orchestrator, id: string): Promise<Task> {
  const task = await orchestrator.getTask(id)
  if (!task) throw new Error(`no task ${id}`)
  return task
}

/** A revision of a task by somebody, unlike any other. */
export function workOn({ task, asset }: NewWork, { userId, device }: Workstation, fields: Record<string, unknown> = {}): FrozenRevision {
  return frozen(aRevision({
    taskId: task.id, assetId: asset.id, assetSha256: asset.sha256, schemaHash: A_SCHEMA_HASH, author: userId, device: device.deviceId,
    shapes: [aShape({ id: randomUUID(), createdBy: userId })], ...fields,
  }))
}

/** Asks for a grant and uploads. @returns the status of the PUT */
export async function upload({ client }: Pick<Workstation, 'client'>, { bytes, sha256 }: { bytes: Buffer; sha256: string }): Promise<number> {
  const grant = await client.ok('grantUpload', { body: { key: submissionObjectKey(sha256), sha256, size: bytes.length, mediaType: SUBMISSION_MEDIA_TYPE } })
  const response = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(bytes), signal: AbortSignal.timeout(10_000) })
  await response.text()
  return response.status
}

/** Uploads and commits. */
export async function submitWork(station: Workstation, work: FrozenRevision, deviceSeq: number): Promise<Receipt> {
  await upload(station, work)
  return station.client.ok('submit', { body: commitOf(work, deviceSeq) })
}

/** The body with which a person says something. */
export function statement<K extends Statement['kind']>({ device }: Workstation, kind: K, record: unknown) {
  return { body: { deviceId: device.deviceId, statement: { kind, record } } }
}

/** A review is sent. */
export function reviewBy(station: Workstation, review: Review): Promise<StatementReceipt> {
  return station.client.ok('state', statement(station, 'review', review))
}

/** Every change since a cursor, page by page. */
export async function pullAll({ client }: Pick<Workstation, 'client'>, cursor?: string, limit = 100): Promise<{ changes: Change[]; cursor: string; epoch: string }> {
  const changes: Change[] = []
  for (let at = cursor; ;) {
    const page = await client.ok('pull', { query: { limit, ...(at !== undefined && { cursor: at }) } })
    changes.push(...page.changes)
    at = page.cursor
    if (!page.more) return { changes, cursor: page.cursor, epoch: page.epoch }
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
