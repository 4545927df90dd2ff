import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../../../electron/engine/engine.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import type { Role } from '../../../shared/domain/role.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import { EVENTS, type EventName, type EventPayload } from '../../../shared/rpc/channels.ts'
import type { OpenTask } from '../../../shared/rpc/openTask.ts'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import type { TaskRow } from '../../../shared/rpc/taskRows.ts'
import { jpegOf } from '../../builders/images.ts'
import { adding, A_LABEL_SCHEMA, aShape } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { createFaultProxy, type FaultProxy } from '../../faults/faultProxy.ts'
import { createOrchestrator, type Orchestrator } from '../../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'

/** A reference orchestrator with one project behind a network that can fail, and a folder for one workspace. */
export interface EngineLab {
  server: Orchestrator
  /** Everything goes through it: the contract and the objects. */
  proxy: FaultProxy
  folder: string
  /** A task with a picture of its own, `task-<name>`; `padding` bytes make its file longer. */
  addTask(name: string, picture?: { seed?: number; padding?: number }): Promise<void>
  /** Opens the workspace; it is closed when the test ends, if it was not before. */
  open(options?: { background?: boolean; appVersion?: string; restoreBackup?: string }): Promise<Engine>
  /** Opens a workspace of somebody else, who works in the same project. */
  openFor(person: { id: string; roles: Role[] }): Promise<Engine>
  /** Closes the workspace of somebody else and opens it again. */
  reopen(engine: Engine, id: string): Promise<Engine>
}

export async function openEngineLab(): Promise<EngineLab> {
  const folder = temporaryFolder()
  const proxy = await createFaultProxy()
  const server = await createOrchestrator({ dataDir: join(folder, 'orchestrator'), publicUrl: proxy.origin })
  proxy.target = server.url
  onTestFinished(async () => {
    await server.close()
    await proxy.close()
  })
  await server.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
  const workspaceDir = join(folder, 'workspace')
  const tokens = new Map<string, string>()
  const openOf = async (id: string) => {
    const source = { kind: 'orchestrator', url: proxy.origin, token: tokens.get(id) ?? '' } as const
    return endingWithTest(await createEngine({ workspaceDir: join(folder, `workspace-of-${id}`), source, appVersion: '1', deviceName: id }, { background: false }))
  }
  return {
    server, proxy, folder: workspaceDir,
    async addTask(name, { seed = 1, padding = 0 } = {}) {
      // Decoders read a JPEG to its end marker and leave alone what follows.
      const bytes = Buffer.concat([await jpegOf(64, 48, seed), Buffer.alloc(padding, seed)])
      await server.addAsset({ id: `asset-${name}`, projectId: 'project-1', name: `${name}.jpg`, bytes, width: 64, height: 48, mediaType: 'image/jpeg' })
      await server.addTask({ id: `task-${name}`, projectId: 'project-1', assetId: `asset-${name}`, assignee: DEMO_ANNOTATOR.id })
    },
    async open({ background = false, appVersion = '1', restoreBackup } = {}) {
      const source = { kind: 'orchestrator', url: proxy.origin, token: server.tokens.annotator } as const
      return endingWithTest(await createEngine({ workspaceDir, source, appVersion, deviceName: 'lab', restoreBackup }, { background }))
    },
    async openFor({ id, roles }) {
      tokens.set(id, await server.createUser({ id, name: id, roles }))
      await server.addMember('project-1', id)
      return openOf(id)
    },
    async reopen(engine, id) {
      await engine.stop()
      return openOf(id)
    },
  }
}

function endingWithTest(engine: Engine): Engine {
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= engine.stop())
  onTestFinished(stop)
  return { ...engine, stop }
}

/** Pulls everything, images too. */
export async function pullAll(engine: Engine): Promise<SyncStatus> {
  await engine.syncOnce()
  await engine.prefetchAll()
  return engine.call('sync.status', {})
}

export async function rows(engine: Engine): Promise<TaskRow[]> {
  return (await engine.call('tasks.query', { query: {} })).rows
}

export async function rowOf(engine: Engine, name: string): Promise<TaskRow> {
  const row = (await rows(engine)).find(({ id }) => id === `task-${name}`)
  if (row === undefined) throw new Error(`There is no task ${name} in the queue`)
  return row
}

export function openTask(engine: Engine, name: string): Promise<OpenTask> {
  return engine.call('tasks.open', { taskId: TaskIdSchema.parse(`task-${name}`) })
}

/** A rectangle inside the pictures of these tests. */
export function shapeOf(id: string): Shape {
  return aShape({ id, geometry: { kind: 'rectangle', x: 5, y: 5, width: 20, height: 20 } })
}

/** Draws one more rectangle. */
export async function draw(engine: Engine, name: string, shapeId: string): Promise<void> {
  const { journalSeq: afterSeq, task } = await openTask(engine, name)
  await engine.call('tasks.commit', { taskId: task.id, afterSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shapeOf(shapeId)) }], timeOnTaskMs: 1000 })
}

/** Collects what the engine tells a window, from the moment it connects. */
export function listen(engine: Engine) {
  const told: { event: string; payload: unknown }[] = []
  engine.connect({
    postMessage: (message) => { told.push(message as { event: string; payload: unknown }) },
    onMessage: () => undefined,
  })
  return <E extends EventName>(event: E): EventPayload<E>[] => told.filter((one) => one.event === event).map(({ payload }) => EVENTS[event].parse(payload) as EventPayload<E>)
}
