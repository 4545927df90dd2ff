import { describe, expect, it } from 'vitest'
import { LinkMeter } from '../../../../electron/engine/sync/linkMeter.ts'
import { Parallelism } from '../../../../electron/engine/sync/parallelism.ts'

function aClock() {
  let time = 0
  return { now: () => time, monotonic: () => time, pass: (milliseconds: number) => { time += milliseconds } }
}

/** Transfers for so many seconds at what `rateOf` gives for the number of transfers at once, in bytes per second. */
function transferring(rateOf: (limit: number) => number) {
  const clock = aClock()
  const parallelism = new Parallelism(clock, { first: 3, most: 16 })
  let total = 0
  const run = (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 0.2) {
      clock.pass(200)
      total += rateOf(parallelism.limit) * 0.2
      parallelism.observe(total)
    }
    return parallelism.limit
  }
  return { parallelism, run }
}

describe('transfers at once', () => {
  it('become more while that brings more bytes, up to the most', () => {
    expect(transferring((limit) => limit * 1000).run(60)).toBe(16)
  })

  it('stay few where the link is full already, and where more bring hardly more', () => {
    expect(transferring(() => 5000).run(60)).toBeLessThanOrEqual(4)
    expect(transferring((limit) => 5000 * limit ** 0.2).run(60)).toBeLessThanOrEqual(4)
  })

  it('stay few on a full link whose throughput goes up and down by itself', () => {
    let fifths = 0
    const { run } = transferring(() => 5000 * (1 + 0.1 * Math.sin(fifths++ / 7.3)))
    expect(run(300)).toBeLessThanOrEqual(8)
  })

  it('are not judged by what was under way when they began', () => {
    const slowToBegin: number[] = []
    const { run } = transferring((limit) => {
      slowToBegin.push(limit)
      // What begins now brings something after a second.
      return (slowToBegin.at(-6) ?? limit) * 1000
    })
    expect(run(30)).toBe(16)
  })

  it('double at the beginning, so that a fast link is used soon', () => {
    expect(transferring((limit) => limit * 1000).run(10)).toBe(16)
  })

  it('become fewer when the link gets worse', () => {
    let slow = 1
    const { run } = transferring((limit) => (limit * 1000) / slow)
    const before = run(60)
    slow = 10
    expect(run(6)).toBeLessThan(before)
  })

  it('are halved by a failure, and never none', () => {
    const { parallelism, run } = transferring((limit) => limit * 1000)
    run(60)
    const limits = [1, 2, 3, 4, 5].map(() => {
      parallelism.failed()
      return parallelism.limit
    })
    expect(limits).toEqual([8, 4, 2, 1, 1])
    expect(run(60)).toBe(16)
  })
})

describe('the measure of the link', () => {
  it('knows nothing before a second of transfers', () => {
    const clock = aClock()
    const meter = new LinkMeter(clock)
    meter.note(1000)
    clock.pass(500)
    meter.note(1000)
    expect(meter.bytesPerSecond).toBeUndefined()
  })

  it('tells bytes per second while bytes come, and keeps the measure over pauses', () => {
    const clock = aClock()
    const meter = new LinkMeter(clock)
    const run = (seconds: number, bytes: number) => { for (let passed = 0; passed < seconds * 10; passed++) { meter.note(bytes / 10); clock.pass(100) } }
    run(5, 1_000_000)
    expect(meter.bytesPerSecond).toBeCloseTo(1_000_000)
    clock.pass(3_600_000)
    expect(meter.bytesPerSecond).toBeCloseTo(1_000_000)
    run(5, 2_000_000)
    expect(meter.bytesPerSecond).toBeCloseTo(2_000_000)
    expect(meter.totalBytes).toBeCloseTo(15_000_000)
  })
})
