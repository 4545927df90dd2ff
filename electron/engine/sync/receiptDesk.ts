import type { Receipt } from '../../../shared/domain/receipt.ts'
import type { SyncStore } from './ports.ts'

interface Waiting { receipt: Receipt; resolve: () => void; reject: (error: unknown) => void }

/**
 * Stores the receipts that arrive together in one durable transaction, because each transaction waits for the disk. One that is wrong fails alone. What is
 * gathered is stored by the time its promise settles.
 */
export function receiptDesk(store: SyncStore, onStored: () => void): (receipt: Receipt) => Promise<void> {
  let waiting: Waiting[] = []
  const storeAlone = ({ receipt, resolve, reject }: Waiting) => {
    try {
      store.acceptReceipt(receipt)
      resolve()
    } catch (error) {
      reject(error)
    }
  }
  const flush = () => {
    const batch = waiting
    waiting = []
    try {
      store.acceptReceipts(batch.map(({ receipt }) => receipt))
      for (const { resolve } of batch) resolve()
    } catch {
      for (const each of batch) storeAlone(each)
    }
    onStored()
  }
  return (receipt) => new Promise((resolve, reject) => {
    // While one transaction waits for the disk others arrive: they are read in one go, and stored after that.
    if (waiting.push({ receipt, resolve, reject }) === 1) setImmediate(flush)
  })
}
