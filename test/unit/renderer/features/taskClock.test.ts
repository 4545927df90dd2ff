import { describe, expect, it } from 'vitest'
import { TaskClock } from '../../../../renderer/features/annotate/taskClock.ts'
import { IDLE_MS } from '../../../../shared/domain/journal.ts'

function clockAt(total = 0) {
  let now = 0
  const clock = new TaskClock(total, () => now)
  return { clock, pass: (ms: number) => { now += ms } }
}

describe('TaskClock', () => {
  it('counts from the first sign of work, on top of earlier time', () => {
    const { clock, pass } = clockAt(5_000)
    pass(10_000)
    expect(clock.ms()).toBe(5_000)
    clock.sign()
    pass(2_000)
    expect(clock.ms()).toBe(7_000)
  })

  it('stops a minute after the last sign and goes on with the next', () => {
    const { clock, pass } = clockAt()
    clock.sign()
    pass(10 * IDLE_MS)
    expect(clock.ms()).toBe(IDLE_MS)
    clock.sign()
    pass(1_000)
    expect(clock.ms()).toBe(IDLE_MS + 1_000)
  })

  it('does not count while the window is hidden', () => {
    const { clock, pass } = clockAt()
    clock.sign()
    pass(3_000)
    clock.pause()
    pass(20_000)
    expect(clock.ms()).toBe(3_000)
  })
})
