import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aBench, failing, page, taskChange, type Bench } from './fakes.ts'

const count = (bench: Bench, call: string) => bench.remote.calls.filter((made) => made === call).length
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

describe('scheduler', () => {
  let bench: Bench
  beforeEach(() => {
    vi.useFakeTimers()
    bench = aBench()
  })
  afterEach(async () => {
    const stopped = bench.sync.stop()
    await pass(6_000)
    await stopped
    vi.useRealTimers()
  })

  it('syncs at the start and then asks for news once a minute', async () => {
    bench.sync.start()
    await pass(1_000)
    expect(count(bench, 'pull')).toBe(1)
    await pass(58_000)
    expect(count(bench, 'pull')).toBe(1)
    await pass(2_000)
    expect(count(bench, 'pull')).toBe(2)
    await pass(600_000)
    expect(count(bench, 'pull')).toBe(12)
  })

  it('sends a submission at once, also while a round is under way', async () => {
    bench.sync.start()
    await pass(1_000)
    bench.store.submit('one')
    bench.sync.noteEntry()
    await pass(0)
    expect(bench.store.receipts).toHaveLength(1)

    bench.remote.hangNext('pull')
    bench.sync.wake('user')
    await pass(0)
    bench.store.submit('two')
    bench.sync.noteEntry()
    bench.sync.wake('resume')
    await pass(0)
    expect(bench.store.receipts).toHaveLength(2)
  })

  it('drains the queue by itself after a failure, without a new edit', async () => {
    bench.store.submit('one')
    bench.remote.failAlways('register', failing({ kind: 'offline' }))
    bench.sync.start()
    await pass(300_000)
    expect(bench.sync.status()).toMatchObject({ phase: 'offline', outbox: { waiting: 1 } })
    const attempts = count(bench, 'register')
    expect(attempts).toBeGreaterThan(5)
    expect(attempts).toBeLessThan(15)
    bench.remote.heal()
    await pass(60_000)
    expect(bench.store.receipts).toHaveLength(1)
    expect(bench.sync.status().phase).toBe('synced')
    expect(bench.sync.status().lastError).toBeUndefined()
  })

  it('tries an item that failed when its own time has come', async () => {
    bench.store.submit('one')
    bench.remote.failNext('put', failing({ kind: 'transient' }), failing({ kind: 'transient' }))
    bench.sync.start()
    await pass(1_500)
    expect(bench.store.receipts).toHaveLength(0)
    await pass(10_000)
    expect(bench.store.receipts).toHaveLength(1)
  })

  it.each(['network', 'resume', 'user'] as const)('brings everything forward at a wake-up by %s', async (reason) => {
    bench.store.submit('one', { nextAttemptAt: Date.now() + 200_000 })
    bench.sync.start()
    await pass(1_000)
    bench.store.submit('two', { nextAttemptAt: Date.now() + 200_000 })
    bench.sync.noteEntry()
    await pass(0)
    expect(bench.store.items.has('two')).toBe(true)
    bench.sync.wake(reason)
    await pass(0)
    expect(bench.store.items.size).toBe(0)
  })

  it('leaves the server alone for as long as it asks, whatever wakes it', async () => {
    bench.remote.failNext('pull', failing({ kind: 'throttled', retryAfterMs: 30_000 }))
    bench.sync.start()
    await pass(1_000)
    bench.store.submit('one')
    bench.sync.noteEntry()
    bench.sync.wake('user')
    await pass(28_000)
    expect(bench.store.receipts).toHaveLength(0)
    await pass(2_000)
    expect(bench.store.receipts).toHaveLength(1)
  })

  it('pauses with the queue intact when the token is refused, and goes on when it is good again', async () => {
    bench.store.submit('one')
    bench.remote.failAlways('register', failing({ kind: 'unauthorized' }))
    bench.sync.start()
    await pass(120_000)
    expect(bench.sync.status()).toMatchObject({ phase: 'unauthorized', outbox: { waiting: 1, dead: 0 } })
    expect(bench.store.retries).toEqual([])
    bench.remote.heal()
    await pass(60_000)
    expect(bench.sync.status().phase).toBe('synced')
  })

  it('works offline on request: nothing is asked for, what is under way ends, and it comes back', async () => {
    bench.remote.hangNext('pull')
    bench.sync.start()
    await pass(0)
    bench.sync.setWorkOffline(true)
    await pass(0)
    const before = bench.remote.calls.length
    bench.store.submit('one')
    bench.sync.noteEntry()
    await pass(300_000)
    expect(bench.remote.calls).toHaveLength(before)
    expect(bench.sync.status()).toMatchObject({ phase: 'workOffline', workOffline: true, outbox: { waiting: 1 } })
    bench.sync.setWorkOffline(false)
    await pass(0)
    expect(bench.store.receipts).toHaveLength(1)
  })

  it('notices by the wall clock alone that the computer slept, and drops what was under way', async () => {
    bench.sync.start()
    await pass(1_000)
    bench.remote.hangNext('pull')
    bench.sync.wake('user')
    await pass(1_000)
    const before = count(bench, 'pull')
    vi.setSystemTime(Date.now() + 3_600_000)
    await pass(10_000)
    expect(count(bench, 'pull')).toBe(before + 1)
    expect(bench.sync.status().phase).toBe('synced')
  })

  it('does not wait for an hour when the clock was set back by one', async () => {
    bench.store.submit('one', { nextAttemptAt: Date.now() + 3_600_000 })
    bench.sync.start()
    await pass(1_000)
    expect(bench.store.receipts).toHaveLength(1)
  })

  it('does not wait either for what shows itself only after another item was sent', async () => {
    bench.store.submit('one')
    bench.store.submit('two', { nextAttemptAt: Date.now() + 3_600_000 })
    bench.remote.failNext('submit', failing({ kind: 'transient' }), failing({ kind: 'offline' }))
    bench.sync.start()
    await pass(10_000)
    expect(bench.store.receipts.map(({ submissionId }) => submissionId)).toEqual(['one', 'two'])
  })

  it('survives a store that fails, and goes on when it works again', async () => {
    bench.store.submit('one')
    bench.store.broken = new Error('SQLITE_FULL')
    bench.sync.start()
    await pass(30_000)
    expect(bench.sync.status().lastError?.message).toBe('SQLITE_FULL')
    bench.store.broken = undefined
    await pass(60_000)
    expect(bench.store.receipts).toHaveLength(1)
  })

  it('stops while a driver hangs and ignores its signal, and writes nothing afterwards', async () => {
    bench.store.submit('one')
    let answer: (() => void) | undefined
    bench.remote.script['submit'] = [() => new Promise<void>((resolve) => (answer = resolve))]
    bench.sync.start()
    await pass(100)
    let stopped = false
    const stop = bench.sync.stop().then(() => (stopped = true))
    await pass(5_000)
    expect(stopped).toBe(true)
    answer?.()
    await pass(1_000)
    await stop
    expect(bench.store.receipts).toEqual([])
    expect(bench.store.items.has('one')).toBe(true)
  })

  it('makes the device known at the start and whenever there is something to send', async () => {
    bench.sync.start()
    await pass(130_000)
    expect(count(bench, 'register')).toBe(1)
    bench.store.submit('one')
    bench.sync.noteEntry()
    await pass(0)
    expect(count(bench, 'register')).toBe(2)
  })

  it('asks again who works here after a while, since their roles may have changed', async () => {
    bench.sync.start()
    await pass(9 * 60_000)
    expect(count(bench, 'register')).toBe(1)
    await pass(3 * 60_000)
    expect(count(bench, 'register')).toBe(2)
    await pass(9 * 60_000)
    expect(count(bench, 'register')).toBe(2)
  })

  it('goes on by itself with what a round on demand has left over', async () => {
    bench.sync.start()
    await pass(1_000)
    bench.store.submit('one')
    bench.remote.failNext('put', failing({ kind: 'transient' }))
    await bench.sync.syncOnce()
    expect(bench.store.receipts).toHaveLength(0)
    await pass(2_500)
    expect(bench.store.receipts).toHaveLength(1)
  })

  it('tells of every change once', async () => {
    bench.store.submit('one')
    bench.remote.pulls = [page({ changes: [taskChange('task-1')] })]
    bench.sync.start()
    await pass(1_000)
    const told = bench.statuses.map((status) => JSON.stringify(status))
    expect(new Set(told).size).toBe(told.length)
    expect(bench.statuses.map(({ phase }) => phase)).toContain('syncing')
    expect(bench.statuses.at(-1)).toMatchObject({ phase: 'synced', outbox: { waiting: 0, dead: 0 }, auditBacklog: 0 })
  })
})
