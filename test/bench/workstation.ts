import { mkdirSync } from 'node:fs'
import { createEngine } from '../../electron/engine/engine.ts'
import type { Engine } from '../../electron/engine/engine.ts'
import type { OrchestratorProcess } from '../driver/orchestratorProcess.ts'

/** Opens the engine as the command line does, without the sync that runs by itself, and pulls what there is for the token's owner. */
export async function openPulled(workspaceDir: string, server: Pick<OrchestratorProcess, 'url'>, token: string): Promise<Engine> {
  mkdirSync(workspaceDir, { recursive: true })
  const source = { kind: 'orchestrator' as const, url: server.url, token }
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
