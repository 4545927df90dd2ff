import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Bandwidth } from '../../../../electron/engine/sync/bandwidth.ts'
import { LinkMeter } from '../../../../electron/engine/sync/linkMeter.ts'
import { pacedStore } from '../../../../electron/engine/sync/pacedStore.ts'
import { ObjectKeySchema } from '../../../../shared/domain/asset.ts'
import { AssetIdSchema } from '../../../../shared/domain/ids.ts'
import { memoryStore } from '../../../builders/memoryStore.ts'

const never = new AbortController().signal
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

describe('a bandwidth budget', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('lets through as many bytes a second as it has', async () => {
    const bandwidth = new Bandwidth()
    bandwidth.setLimit(1000)
    let taken = 0
    const taking = (async () => { for (; taken < 5000; taken += 500) await bandwidth.take(500, 'image', never) })()
    await pass(3_000)
    expect(taken).toBeGreaterThanOrEqual(2_000)
    expect(taken).toBeLessThanOrEqual(3_500)
    await pass(4_000)
    await taking
  })

  it('lets submissions pass before images', async () => {
    const bandwidth = new Bandwidth()
    bandwidth.setLimit(1000)
    const order: string[] = []
    const images = Promise.all([1, 2, 3].map(async (number) => { await bandwidth.take(1000, 'image', never); order.push(`image ${number}`) }))
    const submission = bandwidth.take(1000, 'submission', never).then(() => order.push('submission'))
    await pass(6_000)
    await Promise.all([images, submission])
    expect(order[0]).toBe('submission')
  })

  it('takes no time without a limit, and what waits goes on when it is lifted', async () => {
    const bandwidth = new Bandwidth()
    await bandwidth.take(1e9, 'image', never)
    bandwidth.setLimit(10)
    const waiting = bandwidth.take(1000, 'image', never)
    bandwidth.setLimit(undefined)
    await pass(1_000)
    await waiting
  })

  it('ends waiting with the reason of the one who gives up', async () => {
    const bandwidth = new Bandwidth()
    bandwidth.setLimit(1000)
    const giveUp = new AbortController()
    const waiting = bandwidth.take(1e6, 'image', giveUp.signal)
    const ended = expect(waiting).rejects.toThrow('enough')
    await pass(500)
    giveUp.abort(new Error('enough'))
    await pass(500)
    await ended
  })
})

describe('object storage under a budget', () => {
  const ref = { key: ObjectKeySchema.parse('a'), assetId: AssetIdSchema.parse('asset-1') }
  const sizeOf = async (parts: AsyncIterable<Uint8Array>) => {
    let size = 0
    for await (const part of parts) size += part.length
    return size
  }

  it('measures what arrives and passes on where a reader goes on', async () => {
    const clock = { now: () => 0, monotonic: () => 0 }
    const meter = new LinkMeter(clock)
    const memory = memoryStore({ a: new Uint8Array(25_000) })
    const store = pacedStore(memory, { bandwidth: new Bandwidth(), meter, whenPushed: () => Promise.reject(new Error('nobody waits without a budget')) })
    expect(await sizeOf(store.get(ref, never, { offset: 5_000, version: undefined, onBegin: () => undefined }))).toBe(25_000)
    expect([meter.totalBytes, memory.ranges]).toEqual([25_000, [5_000]])
  })

  it('lets images stand still while work is being sent', async () => {
    const bandwidth = new Bandwidth()
    bandwidth.setLimit(1_000_000)
    let pushed = () => {}
    const whenPushed = () => new Promise<void>((resolve) => { pushed = resolve })
    const store = pacedStore(memoryStore({ a: new Uint8Array(5_000) }), { bandwidth, meter: new LinkMeter({ now: () => 0, monotonic: () => 0 }), whenPushed })
    let size: number | undefined
    const reading = sizeOf(store.get(ref, never)).then((all) => { size = all })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(size).toBeUndefined()
    pushed()
    await reading
    expect(size).toBe(5_000)
  })
})
