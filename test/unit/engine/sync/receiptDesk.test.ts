import { describe, expect, it } from 'vitest'
import type { Receipt } from '../../../../shared/domain/receipt.ts'
import { receiptDesk } from '../../../../electron/engine/sync/receiptDesk.ts'
import { FakeStore } from './fakes.ts'

const receiptOf = (submissionId: string) => ({ submissionId }) as Receipt

/** A store that counts its transactions, and refuses the receipt of `bad`. */
function aStore() {
  const transactions: string[][] = []
  const store = Object.assign(new FakeStore(), {
    acceptReceipt: (receipt: Receipt) => { store.acceptReceipts([receipt]) },
    acceptReceipts: (receipts: readonly Receipt[]) => {
      if (receipts.some(({ submissionId }) => submissionId === 'bad')) throw new Error('the signature does not hold')
      transactions.push(receipts.map(({ submissionId }) => submissionId))
    },
  })
  return { store, transactions }
}

describe('receipts that arrive together', () => {
  it('are stored in one transaction, and told of once', async () => {
    const { store, transactions } = aStore()
    let told = 0
    const keep = receiptDesk(store, () => { told += 1 })
    await Promise.all(['one', 'two', 'three'].map((id) => keep(receiptOf(id))))
    expect([transactions, told]).toEqual([[['one', 'two', 'three']], 1])
    await keep(receiptOf('four'))
    expect(transactions).toHaveLength(2)
  })

  it('fail alone', async () => {
    const { store, transactions } = aStore()
    const keep = receiptDesk(store, () => {})
    const ends = await Promise.allSettled(['one', 'bad', 'three'].map((id) => keep(receiptOf(id))))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(transactions).toEqual([['one'], ['three']])
  })
})
