import type { AssetId, TaskId } from '../../../../shared/domain/ids.ts'
import type { OfflinePlan } from '../../../../shared/rpc/offlinePlan.ts'
import type { LeaseAnswer } from '../../../../shared/rpc/coordination.ts'
import type { SyncStatus, Transfer } from '../../../../shared/rpc/syncStatus.ts'
import { outboxRows } from '../../db/repositories/outbox.ts'
import { receiptRows } from '../../db/repositories/receipts.ts'
import type { WorkContext } from '../../work/context.ts'
import { retrySubmission } from '../../work/retrySubmission.ts'
import type { Handlers } from '../server.ts'

/** What the window may ask of sync and prefetch. */
export interface SyncControl {
  status(): SyncStatus
  transfers(): Transfer[]
  /** Starts a round now; does not wait for its end. */
  wake(): void
  setWorkOffline(workOffline: boolean): void
  confirmRemovals(): void
  startPrefetch(): void
  cancelPrefetch(): void
  planOffline(days: number): OfflinePlan
  startPrefetchFor(days: number): void
  /** Fetches one image ahead of the queue. @throws RemoteError, RpcError when it cannot be had. */
  fetchAsset(assetId: AssetId): Promise<void>
  /** Fetches the versions of a task that were made elsewhere. @throws RemoteError. */
  fetchVersions(taskId: TaskId): Promise<void>
  /** Takes or renews the lease of a task. @throws RpcError notFound. */
  takeLease(taskId: TaskId): Promise<LeaseAnswer>
}

type SyncChannel = 'sync.status' | 'sync.now' | 'sync.setWorkOffline' | 'sync.outbox' | 'sync.receipts' | 'sync.transfers' | 'sync.retry' | 'sync.confirmRemovals' | 'prefetch.start' | 'prefetch.cancel' | 'prefetch.plan' | 'prefetch.startFor' | 'assets.fetch' | 'tasks.lease'

/** The way to the orchestrator and back. */
export function syncHandlers({ context, control }: { context: WorkContext; control: SyncControl }): Pick<Handlers, SyncChannel> {
  const { db } = context
  return {
    'sync.status': () => control.status(),
    'sync.now': () => { control.wake(); return {} },
    'sync.setWorkOffline': ({ workOffline }) => { control.setWorkOffline(workOffline); return control.status() },
    'sync.outbox': () => outboxRows(db),
    'sync.receipts': ({ offset, limit }) => receiptRows(db, offset, limit),
    'sync.transfers': () => control.transfers(),
    'sync.retry': ({ submissionId }) => { retrySubmission(context, submissionId); control.wake(); return {} },
    'sync.confirmRemovals': () => { control.confirmRemovals(); return {} },
    'prefetch.start': () => { control.startPrefetch(); return {} },
    'prefetch.cancel': () => { control.cancelPrefetch(); return {} },
    'prefetch.plan': ({ days }) => control.planOffline(days),
    'prefetch.startFor': ({ days }) => { control.startPrefetchFor(days); return {} },
    'tasks.lease': ({ taskId }) => control.takeLease(taskId),
    'assets.fetch': async ({ assetId }) => { await control.fetchAsset(assetId); return {} },
  }
}
