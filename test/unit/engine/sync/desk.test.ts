import { describe, expect, it } from 'vitest'
import { openDesk } from '../../../../electron/engine/sync/desk.ts'

/** A desk over a store that writes its transactions down, and refuses what is `bad`. */
function aDesk() {
  const transactions: string[][] = []
  let told = 0
  const keep = openDesk<string>((items) => {
    if (items.includes('bad')) throw new Error('the signature does not hold')
    transactions.push([...items])
  }, () => { told += 1 })
  return { keep, transactions, told: () => told }
}

describe('what arrives together', () => {
  it('is stored in one transaction, and told of once', async () => {
    const { keep, transactions, told } = aDesk()
    await Promise.all(['one', 'two', 'three'].map(keep))
    expect([transactions, told()]).toEqual([[['one', 'two', 'three']], 1])
    await keep('four')
    expect(transactions).toHaveLength(2)
  })

  it('fails alone', async () => {
    const { keep, transactions } = aDesk()
    const ends = await Promise.allSettled(['one', 'bad', 'three'].map(keep))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(transactions).toEqual([['one'], ['three']])
    await expect(keep('bad')).rejects.toThrow('the signature')
  })
})
