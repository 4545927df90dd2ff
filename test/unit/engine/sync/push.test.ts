import { describe, expect, it, vi } from 'vitest'
import { TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { aBench, failing } from './fakes.ts'

const refused = failing({ kind: 'refused', status: 422, code: 'invalid' })

describe('push', () => {
  it('sends the bytes, then the commit, then keeps the receipt', async () => {
    const { sync, store, remote, statuses } = aBench()
    const item = store.submit('one')
    await sync.syncOnce()
    expect(remote.calls.filter((call) => call.includes('one'))).toEqual(['put one', 'submit one'])
    expect(remote.sentBytes).toEqual([{ key: item.commit.objectKey, sha256: item.sha256 }])
    expect(store.receipts.map((receipt) => receipt.submissionId)).toEqual(['one'])
    expect(store.items.size).toBe(0)
    expect(statuses.at(-1)).toMatchObject({ phase: 'synced', outbox: { waiting: 0 } })
  })

  it('sends audit heads first, then commits that only lack a receipt, then submissions', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    store.submit('two', { blobStored: true })
    await sync.syncOnce()
    expect(remote.calls.slice(0, 4)).toEqual(['register', 'appendAudit', 'submit two', 'put one'])
    expect(remote.calls).not.toContain('put two')
  })

  it('sends the audit entries that fit no first request beside the submissions, and those that follow before it is over', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    store.auditEntries = 1_200
    let release: (() => void) | undefined
    const submit = remote.submit.bind(remote)
    remote.submit = async (commit, signal) => {
      await new Promise<void>((resolve) => { release = resolve })
      return submit(commit, signal)
    }
    const synced = sync.syncOnce()
    await vi.waitFor(() => { expect(store.auditBacklog()).toBe(0) })
    expect(store.receipts).toEqual([])
    release?.()
    await synced
    expect(remote.calls.filter((call) => call === 'appendAudit')).toHaveLength(5)
    expect(sync.status()).toMatchObject({ phase: 'synced', auditBacklog: 0 })
  })

  it('takes a receipt for audit entries for one, although more were written meanwhile', async () => {
    const { sync, store, remote } = aBench()
    store.auditEntries = 3
    const append = remote.appendAudit.bind(remote)
    let isFirst = true
    remote.appendAudit = (segment, signal) => {
      if (isFirst) store.auditEntries += 10
      isFirst = false
      return append(segment, signal)
    }
    await sync.syncOnce()
    expect(sync.status()).toMatchObject({ phase: 'synced', auditBacklog: 0 })
  })

  it('sends the same bytes after a lost answer, and does not store them again', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    remote.failNext('submit', failing({ kind: 'transient' }))
    await sync.syncOnce()
    expect(store.items.get('one')).toMatchObject({ blobStored: true, attempts: 1 })
    await sync.syncOnce()
    expect(remote.calls.filter((call) => call.includes('one'))).toEqual(['put one', 'submit one', 'submit one'])
    expect(store.receipts).toHaveLength(1)
  })

  it('lays a refused item aside and goes on with the others', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    store.submit('two')
    store.submit('three')
    remote.failNext('submit', refused)
    await sync.syncOnce()
    expect(store.dead.size).toBe(1)
    expect(store.receipts).toHaveLength(2)
    expect(sync.status()).toMatchObject({ phase: 'attention', outbox: { waiting: 0, dead: 1 }, lastError: { kind: 'refused' } })
  })

  it('lets an item that always fails wait longer and longer, and never blocks the others', async () => {
    const { sync, store, remote } = aBench()
    store.submit('poison')
    for (let round = 1; round <= 4; round++) {
      remote.failNext('put', failing({ kind: 'transient', status: 500 }))
      await sync.syncOnce()
      store.submit(`later-${round}`)
    }
    remote.failNext('put', failing({ kind: 'corrupt' }))
    await sync.syncOnce()
    expect(store.receipts.map((receipt) => receipt.submissionId)).toEqual(['later-1', 'later-2', 'later-3', 'later-4'])
    const waits = store.retries.map(({ nextAttemptAt }) => nextAttemptAt - Date.now())
    for (const [index, bound] of [2_000, 4_000, 8_000, 16_000, 32_000].entries()) {
      expect(waits[index]).toBeGreaterThan(bound - 1_000)
      expect(waits[index]).toBeLessThanOrEqual(bound)
    }
    expect(store.items.has('poison')).toBe(true)
  })

  it('charges a failure of the link to no item', async () => {
    const { sync, store, remote } = aBench()
    for (let count = 1; count <= 60; count++) store.submit(`item-${count}`)
    remote.failAlways('put', failing({ kind: 'offline' }))
    await sync.syncOnce()
    expect(store.retries).toEqual([])
    expect(remote.calls.filter((call) => call.startsWith('put')).length).toBeLessThanOrEqual(24)
    // Storage is out of reach, the orchestrator is not.
    expect(remote.calls).toContain('pull')
    expect(sync.status().phase).toBe('offline')
  })

  it('sends fewer at once after failures of the server', async () => {
    const { sync, store, remote } = aBench()
    for (let count = 1; count <= 60; count++) store.submit(`item-${count}`)
    remote.failNext('put', ...Array.from({ length: 4 }, () => failing({ kind: 'transient', status: 503 })))
    let [running, most] = [0, 0]
    const submit = remote.submit.bind(remote)
    remote.submit = async (commit, signal) => {
      running += 1
      if (store.receipts.length > 12) most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      return submit(commit, signal)
    }
    await sync.syncOnce()
    expect(store.receipts).toHaveLength(56)
    expect(most).toBeLessThanOrEqual(2)
  })

  it('stores the bytes again when the orchestrator misses them', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one', { blobStored: true })
    remote.failNext('submit', failing({ kind: 'conflict', status: 409, code: 'blobMissing' }))
    await sync.syncOnce()
    expect(remote.calls.filter((call) => call.includes('one'))).toEqual(['submit one', 'put one', 'submit one'])
    expect(store.receipts).toHaveLength(1)
  })

  it('takes no receipt for another submission or other bytes', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    const answer = remote.submit.bind(remote)
    remote.submit = async (commit, signal) => ({ ...(await answer(commit, signal)), submissionId: 'two' as never })
    await sync.syncOnce()
    remote.submit = async (commit, signal) => ({ ...(await answer(commit, signal)), sha256: 'f'.repeat(64) as never })
    await sync.syncOnce()
    expect(store.receipts).toEqual([])
    expect(store.items.has('one')).toBe(true)
    expect(store.retries.map(({ error }) => error.kind)).toEqual(['corrupt', 'corrupt'])
  })

  it('keeps the item when the store finds the receipt wrong', async () => {
    const { sync, store } = aBench()
    store.submit('one')
    store.acceptReceipt = () => { throw new Error('the signature does not hold') }
    await sync.syncOnce()
    expect(store.items.has('one')).toBe(true)
    expect(store.retries[0]?.error).toMatchObject({ kind: 'corrupt', message: 'the signature does not hold' })
  })

  it('sends the revisions of one task in their order', async () => {
    const { sync, store, remote } = aBench()
    const taskId = TaskIdSchema.parse('the-task')
    for (const name of ['first', 'second', 'third']) store.submit(name, { taskId })
    await sync.syncOnce()
    expect(remote.calls.filter((call) => call.startsWith('submit'))).toEqual(['submit first', 'submit second', 'submit third'])
  })

  it('lets the later revisions of a task wait with one that failed, and goes on without one that was refused', async () => {
    const { sync, store, remote } = aBench()
    const taskId = TaskIdSchema.parse('the-task')
    for (const name of ['first', 'second', 'third']) store.submit(name, { taskId })
    remote.failNext('submit', refused, failing({ kind: 'transient' }))
    await sync.syncOnce()
    expect(remote.calls.filter((call) => call.startsWith('submit'))).toEqual(['submit first', 'submit second'])
    await sync.syncOnce()
    expect(store.receipts.map((receipt) => receipt.submissionId)).toEqual(['second', 'third'])
  })

  it('runs one round at a time, however many are asked for at once', async () => {
    const { sync, store, remote } = aBench()
    let [running, most] = [0, 0]
    const answer = remote.pull.bind(remote)
    remote.pull = async (cursor, signal) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running--
      return answer(cursor, signal)
    }
    store.submit('one')
    await Promise.all([sync.syncOnce(), sync.syncOnce(), sync.syncOnce(), sync.syncOnce()])
    expect(most).toBe(1)
  })

  it('sends audit entries that the round itself wrote before it calls everything synced', async () => {
    const { sync, store } = aBench()
    store.submit('one')
    await sync.syncOnce()
    expect(store.auditBacklog()).toBe(0)
    expect(sync.status().phase).toBe('synced')
  })

  it('goes on under a new id, after making it known, when the orchestrator holds another audit history', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    remote.failNext('appendAudit', failing({ kind: 'conflict', status: 409, code: 'auditFork' }))
    await sync.syncOnce()
    expect(store.log).toContain('recordAuditFork 1')
    expect(remote.calls.slice(0, 5)).toEqual(['register', 'appendAudit', 'register', 'appendAudit', 'put one'])
    expect(sync.status()).toMatchObject({ phase: 'synced', auditBacklog: 0 })
  })

  it('sends audit entries again that the orchestrator lost', async () => {
    const { sync, store, remote } = aBench()
    store.auditEntries = 9
    await sync.syncOnce()
    store.auditEntries = 12
    remote.failNext('appendAudit', failing({ kind: 'conflict', status: 409, code: 'conflict', size: 4 }))
    await sync.syncOnce()
    expect(store.log).toContain('noteAuditHeld 1 4')
    expect(sync.status()).toMatchObject({ phase: 'synced', auditBacklog: 0 })
  })

  it.each([['fewer, again and again', 4], ['no fewer', 9]])('does not ask for ever when the orchestrator says that it holds %s', async (_, size) => {
    const { sync, store, remote } = aBench()
    store.auditEntries = 9
    await sync.syncOnce()
    store.auditEntries = 12
    remote.failAlways('appendAudit', failing({ kind: 'conflict', status: 409, code: 'conflict', size }))
    await sync.syncOnce()
    expect(sync.status()).toMatchObject({ phase: 'attention', lastError: { kind: 'conflict' } })
  })

  it('reports a fork that cannot be helped and goes on with the work', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    store.canForget = false
    remote.failAlways('appendAudit', failing({ kind: 'conflict', status: 409, code: 'auditFork' }))
    await sync.syncOnce()
    expect(store.receipts).toHaveLength(1)
    expect(sync.status()).toMatchObject({ phase: 'attention', lastError: { kind: 'conflict' } })
    expect(sync.status().auditBacklog).toBeGreaterThan(0)
  })

  it('does not ask for ever when audit receipts confirm nothing', async () => {
    const { sync, store, remote } = aBench()
    store.submit('one')
    store.acceptAuditReceipt = () => undefined
    await sync.syncOnce()
    expect(remote.calls.filter((call) => call === 'appendAudit')).toHaveLength(1)
    expect(sync.status().phase).not.toBe('synced')
  })
})
