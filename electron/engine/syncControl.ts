import { instantOf, type Instant } from '../../shared/domain/ids.ts'
import { RpcError } from '../../shared/rpc/errors.ts'
import { DEFAULT_SETTINGS, type TransferSettings } from '../../shared/rpc/workspace.ts'
import { getAsset } from './db/repositories/assets.ts'
import { readMeta, writeMeta } from './db/repositories/meta.ts'
import { submittedSince, tasksToDo } from './db/repositories/offlineTasks.ts'
import { inTransaction } from './db/transaction.ts'
import type { SyncControl } from './rpc/handlers/sync.ts'
import { imagesForDays, planOffline, type PlanFacts } from './sync/offlinePlan.ts'
import type { Sync, TransferLimits } from './sync/sync.ts'
import type { WorkspaceAssetCache } from './tiles/assetCache.ts'
import { requireTask } from './work/requireTask.ts'
import type { WorkContext } from './work/context.ts'

/** The time over which a person's pace is taken, in milliseconds. */
const PACE_MS = 28 * 24 * 3_600_000

/** What the window may ask of sync, over the parts that answer. */
export function syncControl(sync: Sync, { db, clock }: WorkContext, cache: WorkspaceAssetCache): SyncControl {
  const facts = (): PlanFacts => {
    const { bytesPerSecond: limit } = transferLimitsOf(readMeta(db, 'settings')?.transfers ?? DEFAULT_SETTINGS.transfers)
    const now = clock.now()
    return { tasks: tasksToDo(db), finishedPerDay: finishedPerDay(submittedSince(db, instantOf(now - PACE_MS))), roomBytes: cache.roomBytes(), bytesPerSecond: slower(sync.linkRate(), limit), now }
  }
  return {
    status: () => sync.status(),
    transfers: () => sync.transfers(),
    wake: () => { sync.wake('user') },
    setWorkOffline(workOffline) {
      inTransaction(db, () => { writeMeta(db, 'workOffline', workOffline) })
      sync.setWorkOffline(workOffline)
    },
    confirmRemovals: () => { sync.confirmRemovals() },
    startPrefetch: () => { sync.prefetch.start() },
    cancelPrefetch: () => { void sync.prefetch.cancel() },
    planOffline: (days) => planOffline(facts(), days),
    startPrefetchFor: (days) => { sync.prefetch.startFor({ days, assetIds: imagesForDays(facts(), days) }) },
    fetchVersions: (taskId) => sync.fetchVersions(taskId),
    async takeLease(taskId) {
      const { state } = requireTask(db, taskId)
      return state === 'assigned' || state === 'returned' ? sync.takeLease(taskId) : { kind: 'notNeeded' }
    },
    async fetchAsset(assetId) {
      const asset = getAsset(db, assetId)
      if (asset === undefined) throw new RpcError('notFound', `There is no image ${assetId} here`)
      await sync.fetchAsset(asset)
    },
  }
}

/** What may be counted on: what the link brings, and no more than the limit. */
function slower(measured: number | undefined, limit: number | undefined): number | undefined {
  return measured === undefined || limit === undefined ? (measured ?? limit) : Math.min(measured, limit)
}

export function transferLimitsOf({ bytesPerSecond, metered }: TransferSettings): TransferLimits {
  return { bytesPerSecond, metered }
}

/** Submissions on each day, as the calendar here counts days, that had any. */
function finishedPerDay(submitted: readonly Instant[]): number[] {
  const days = new Map<string, number>()
  for (const at of submitted) {
    const day = new Date(at).toDateString()
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  return [...days.values()]
}
