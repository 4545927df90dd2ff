import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import type { Engine } from '../../engine/engine.ts'
import { CliError, EXIT } from '../exitCodes.ts'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

interface SyncOptions { workspace: string; json?: boolean }

/** Fetches assigned tasks and their images; ends with 3 when an image could not be had for now. */
export function pull(options: SyncOptions): Promise<void> {
  return run(options, async (engine) => {
    await engine.syncOnce()
    const { phase } = await engine.call('sync.status', {})
    if (phase === 'synced' || phase === 'local') await engine.prefetchAll()
  })
}

/** Sends what waits and fetches what is new; ends with 3 when anything is left to send. */
export function sync(options: SyncOptions): Promise<void> {
  return run(options, (engine) => engine.syncOnce())
}

/** Where tasks, outbox and cache stand. */
export function status(options: SyncOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => printStatus(options, engine, await engine.call('sync.status', {})))
}

async function run(options: SyncOptions, work: (engine: Engine) => Promise<void>): Promise<void> {
  await withEngine(options.workspace, 'online', async (engine) => {
    const stop = await work(engine).then(() => undefined, asRemoteError)
    const after = await engine.call('sync.status', {})
    await printStatus(options, engine, after)
    if (after.phase === 'unauthorized') throw new CliError(EXIT.unauthorized, 'The orchestrator refused the token; nothing was lost')
    if (after.phase !== 'synced' && after.phase !== 'local') throw new CliError(EXIT.notSynced, `Not everything is synced: ${after.lastError?.message ?? after.phase}`)
    if (stop) throw stop
  })
}

function asRemoteError(error: unknown): RemoteError {
  if (error instanceof RemoteError) return error
  throw error
}

async function printStatus(options: SyncOptions, engine: Engine, now: SyncStatus): Promise<void> {
  const tasks = await engine.call('tasks.facets', {})
  print(options, { sync: now, tasks }, () => [
    `Sync: ${now.phase}, ${now.outbox.waiting} waiting, ${now.outbox.dead} refused, ${now.auditBacklog} audit entries without receipt`,
    `Tasks: ${tasks.total}, of which ${tasks.prefetched} can be opened offline`,
    ...Object.entries(tasks.standings).map(([standing, count]) => `  ${standing}: ${count}`),
    ...(now.lastError ? [`Last error: ${now.lastError.message}`] : []),
  ])
}
