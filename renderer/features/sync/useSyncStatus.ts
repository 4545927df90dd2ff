import { useEngineConnected } from '../../bridge/EngineContext.tsx'
import { useEngineData, type EngineData } from '../../bridge/useEngineData.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { SyncPhase, SyncStatus } from '../../../shared/rpc/syncStatus.ts'

export function useSyncStatus(): EngineData<SyncStatus> {
  return useEngineData('sync.status', {}, ['sync.changed', 'engine.notice'])
}

/** What may be said of sync: the engine's own word while it can be asked, and never a better one. */
export type ShownPhase = SyncPhase | 'lost' | 'unknown'

export function useShownPhase({ data, error }: Pick<EngineData<SyncStatus>, 'data' | 'error'>): ShownPhase {
  const connected = useEngineConnected()
  if (!connected && data) return 'lost'
  if (error instanceof RpcError && error.code === 'databaseDamaged') return 'notSaving'
  if (error) return 'lost'
  return data?.phase ?? 'unknown'
}
