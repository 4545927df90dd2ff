import type { AssetId } from '../../../shared/domain/ids.ts'
import type { Transfer } from '../../../shared/rpc/syncStatus.ts'

/** Progress is told at most this often, in milliseconds. */
const TELL_EVERY_MS = 100

export interface RunningTransfer {
  /** @param doneBytes since the transfer began */
  progress(doneBytes: number): void
  end(): void
}

/** The transfers under way, for people to see. */
export interface TransferBoard {
  begin(transfer: { direction: 'up' | 'down'; name: string; totalBytes: number; assetId?: AssetId }): RunningTransfer
  list(): Transfer[]
  stop(): void
}

export function createTransferBoard(onTransfers: (transfers: Transfer[]) => void): TransferBoard {
  const running = new Map<string, Transfer>()
  let lastId = 0
  let timer: NodeJS.Timeout | undefined
  const list = () => [...running.values()]
  const tellSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      onTransfers(list())
    }, TELL_EVERY_MS)
  }
  return {
    list,
    stop: () => clearTimeout(timer),
    begin(transfer) {
      const id = String(++lastId)
      running.set(id, { id, ...transfer, doneBytes: 0 })
      tellSoon()
      return {
        progress(doneBytes) {
          const current = running.get(id)
          if (current) running.set(id, { ...current, doneBytes })
          tellSoon()
        },
        end() {
          running.delete(id)
          tellSoon()
        },
      }
    },
  }
}
