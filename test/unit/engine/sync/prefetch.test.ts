import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AssetProblem } from '../../../../shared/domain/assetProblem.ts'
import { aBench, assetNamed, failing, type Bench } from './fakes.ts'

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

describe('prefetch', () => {
  let bench: Bench
  beforeEach(() => {
    vi.useFakeTimers()
    bench = aBench()
  })
  afterEach(async () => {
    await bench.sync.stop()
    vi.useRealTimers()
  })
  const assets = (...names: string[]) => void (bench.store.assets = names.map((name) => assetNamed(name)))
  const hang = (signal: AbortSignal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

  it('fetches what is missing in the order of the store, a few at a time, and counts', async () => {
    const missing = ['a', 'b', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k']
    assets('a', 'b', 'c', ...missing.slice(2))
    bench.cache.cached.add('c')
    await bench.sync.prefetch.run()
    expect(bench.cache.fetches).toEqual(missing)
    expect(bench.cache.mostAtOnce).toBe(8)
    expect(bench.sync.status().prefetch).toEqual({ running: false, done: 10, total: 10, receivedBytes: 1_000, usedBytes: 11, budgetBytes: 1_000 })
    // The store did not know that c is cached.
    expect(bench.onAsset.slice(0, 11)).toEqual(['c', ...missing].map((id) => [id, undefined]))
  })

  it('begins by itself after a pull, and waits while work is being sent', async () => {
    assets('a')
    bench.store.submit('one')
    bench.sync.start()
    await pass(0)
    expect(bench.cache.fetches).toEqual(['a'])
    bench.store.submit('two')
    bench.remote.hangNext('put')
    bench.sync.noteEntry()
    await pass(0)
    assets('b')
    bench.sync.prefetch.start()
    await pass(1_000)
    expect(bench.cache.fetches).toEqual(['a'])
    bench.sync.wake('resume')
    await pass(1_000)
    expect(bench.cache.fetches).toEqual(['a', 'b'])
  })

  it('waits over a metered link until a person asks, and then for everything', async () => {
    bench.sync.setTransferLimits({ bytesPerSecond: undefined, metered: true })
    bench.store.submit('work')
    assets('a', 'b')
    bench.sync.start()
    await pass(1_000)
    expect([bench.cache.fetches, bench.store.items.size]).toEqual([[], 0])
    expect(bench.sync.status().prefetch.waitsForMetered).toBe(true)
    bench.sync.prefetch.start()
    await pass(0)
    expect(bench.cache.fetches).toEqual(['a', 'b'])
    assets('c')
    await pass(200_000)
    expect(bench.cache.fetches).toEqual(['a', 'b'])
    bench.sync.setTransferLimits({ bytesPerSecond: undefined, metered: false })
    await pass(0)
    expect(bench.cache.fetches).toEqual(['a', 'b', 'c'])
  })

  it('stops what it fetches by itself when the link becomes metered', async () => {
    assets('a', 'b')
    bench.cache.script['a'] = [hang]
    bench.sync.start()
    await pass(0)
    bench.sync.setTransferLimits({ bytesPerSecond: undefined, metered: true })
    await pass(200_000)
    expect(bench.cache.cached.has('a')).toBe(false)
    expect(bench.sync.status().prefetch).toMatchObject({ running: false, waitsForMetered: true })
  })

  it('gets what the next days need ahead of all others, also over a metered link, and can be cancelled', async () => {
    bench.sync.setTransferLimits({ bytesPerSecond: undefined, metered: true })
    assets('a', 'b', 'c')
    bench.sync.start()
    await pass(0)
    bench.cache.script['b'] = [hang]
    const goal = { days: 2, assetIds: new Set([assetNamed('b').id, assetNamed('c').id]) }
    bench.sync.prefetch.startFor(goal)
    await pass(0)
    expect(bench.sync.status().prefetch).toMatchObject({ running: true, goalDays: 2, total: 2, done: 1 })
    await bench.sync.prefetch.cancel()
    expect(bench.sync.status().prefetch.goalDays).toBeUndefined()
    bench.sync.prefetch.startFor(goal)
    await pass(0)
    expect([...bench.cache.cached].sort()).toEqual(['b', 'c'])
    expect(bench.sync.status().prefetch).toMatchObject({ running: false, waitsForMetered: true })
    expect(bench.sync.status().prefetch.goalDays).toBeUndefined()
  })

  it('goes on towards the goal after the link was lost', async () => {
    assets('a', 'b')
    bench.cache.script['b'] = [() => { throw failing({ kind: 'offline' }) }]
    bench.sync.setTransferLimits({ bytesPerSecond: undefined, metered: true })
    bench.sync.start()
    await pass(0)
    bench.sync.prefetch.startFor({ days: 1, assetIds: new Set([assetNamed('b').id]) })
    await pass(0)
    expect(bench.sync.status().prefetch.goalDays).toBe(1)
    await pass(61_000)
    expect([...bench.cache.cached]).toEqual(['b'])
  })

  it('shows transfers while they run', async () => {
    assets('a')
    bench.cache.script['a'] = [hang]
    bench.sync.prefetch.start()
    await pass(0)
    expect(bench.sync.transfers()).toEqual([{ id: '1', direction: 'down', name: 'street.jpg', assetId: 'a', doneBytes: 50, totalBytes: 100 }])
    expect(bench.sync.status().prefetch).toMatchObject({ running: true, done: 0, total: 1, receivedBytes: 50 })
    await bench.sync.prefetch.cancel()
    expect(bench.sync.transfers()).toEqual([])
  })

  it('ends when it is cancelled and stays ended until asked again', async () => {
    assets('a', 'b')
    bench.cache.script['a'] = [hang]
    bench.sync.start()
    await pass(0)
    await bench.sync.prefetch.cancel()
    expect(bench.sync.status().prefetch.running).toBe(false)
    await pass(200_000)
    expect(bench.cache.cached).toEqual(new Set(['b']))
    bench.sync.prefetch.start()
    await pass(0)
    expect(bench.cache.cached).toEqual(new Set(['a', 'b']))
  })

  it('stops at the disk budget and says so', async () => {
    bench.store.assets = [assetNamed('small', 10), assetNamed('large', 5_000)]
    bench.cache.room = 1_000
    await expect(bench.sync.prefetch.run()).rejects.toMatchObject({ failure: { kind: 'refused', code: 'diskBudget' } })
    expect(bench.cache.fetches).toEqual(['small'])
    expect(bench.sync.status().lastError?.message).toContain('disk budget')
    await expect(bench.sync.fetchAsset(assetNamed('large', 5_000))).rejects.toMatchObject({ failure: { code: 'diskBudget' } })
  })

  it('goes on past a bad image and does not ask for it again', async () => {
    assets('bad', 'good')
    const problem = new AssetProblem('imageCorrupt', 'not an image')
    bench.cache.script['bad'] = Array.from({ length: 10 }, () => () => { throw problem })
    bench.sync.start()
    await pass(3_600_000)
    expect(bench.cache.fetches).toEqual(['bad', 'good'])
    expect(bench.onAsset).toContainEqual(['bad', problem])
  })

  it('tries an image again after a failure that may pass', async () => {
    assets('a')
    bench.cache.script['a'] = [() => { throw failing({ kind: 'corrupt' }) }]
    bench.sync.start()
    await pass(10_000)
    expect(bench.cache.cached.size).toBe(0)
    await pass(120_000)
    expect(bench.cache.cached).toEqual(new Set(['a']))
  })

  it('stops when the storage cannot be reached, and comes back by itself', async () => {
    const missing = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    assets(...missing, 'i')
    for (const id of missing.slice(0, 7)) bench.cache.script[id] = [() => { throw failing({ kind: 'offline' }) }]
    bench.sync.start()
    await pass(1_000)
    expect(bench.cache.fetches).toEqual(missing)
    expect(bench.sync.status().lastError?.kind).toBe('offline')
    await pass(61_000)
    expect(bench.cache.cached.size).toBe(9)
    expect(bench.sync.status().lastError).toBeUndefined()
  })

  it('fetches one image on demand, once, and not when working offline', async () => {
    let finish: (() => void) | undefined
    bench.cache.script['a'] = [() => new Promise<void>((resolve) => (finish = resolve))]
    const first = bench.sync.fetchAsset(assetNamed('a'))
    const second = bench.sync.fetchAsset(assetNamed('a'))
    await pass(0)
    finish?.()
    await Promise.all([first, second])
    expect(bench.cache.fetches).toEqual(['a'])
    bench.sync.setWorkOffline(true)
    await bench.sync.fetchAsset(assetNamed('a'))
    await expect(bench.sync.fetchAsset(assetNamed('b'))).rejects.toMatchObject({ failure: { kind: 'offline' } })
  })

  it('fetches an image on demand although the prefetching that had begun it was cancelled', async () => {
    assets('a')
    bench.cache.script['a'] = [hang]
    bench.sync.prefetch.start()
    await pass(0)
    const wanted = bench.sync.fetchAsset(assetNamed('a'))
    await bench.sync.prefetch.cancel()
    await wanted
    expect(bench.cache.cached).toEqual(new Set(['a']))
  })
})
