import { mkdirSync } from 'node:fs'
import { createEngine } from '../../electron/engine/engine.ts'
import type { Engine } from '../../electron/engine/engine.ts'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { adding, aShape } from '../builders/records.ts'

/** Where a workstation finds its orchestrator and, where it uses keys of its own, the storage. */
export type Reach = Omit<Extract<WorkspaceSource, { kind: 'orchestrator' }>, 'kind'>

/** Opens the engine as the command line does, without the sync that runs by itself, and pulls what there is for the token's owner. */
export async function openPulled(workspaceDir: string, server: Pick<Reach, 'url' | 's3'>, token: string): Promise<Engine> {
  mkdirSync(workspaceDir, { recursive: true })
  const source = { kind: 'orchestrator' as const, url: server.url, token, s3: server.s3 }
  const engine = await createEngine({ workspaceDir, source, appVersion: 'benchmark', deviceName: 'benchmark' }, { background: false })
  await syncCleanly(engine)
  return engine
}

/** One round of sync. @throws Error when anything of it failed. */
export async function syncCleanly(engine: Engine): Promise<void> {
  await engine.syncOnce()
  const { phase, lastError } = await engine.call('sync.status', {})
  if (phase !== 'synced') throw new Error(`Sync ended as ${phase}: ${lastError?.message ?? 'no error'}`)
}

/** Labels and submits so many tasks, which needs no network. */
export async function labelAndSubmit(engine: Engine, count: number): Promise<void> {
  for (let done = 0; done < count;) {
    const { rows } = await engine.call('tasks.query', { query: { filter: { standings: ['new'] } }, limit: Math.min(1000, count - done) })
    if (rows.length === 0) throw new Error(`There are only ${done} tasks to submit`)
    for (const { id: taskId } of rows) {
      const shapes = Array.from({ length: 5 }, (_, index) => aShape({ id: `${taskId}-shape-${index}`, order: index }))
      await engine.call('tasks.commit', { taskId, afterSeq: 0, lines: [{ kind: 'edit', name: 'addShape', diff: adding(...shapes) }], timeOnTaskMs: 1000 })
      const result = await engine.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
      if (result.kind !== 'submitted') throw new Error(`${taskId} was not submitted`)
    }
    done += rows.length
  }
}
