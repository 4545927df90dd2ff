import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Teller } from '../../../../electron/engine/sync/teller.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

function aTeller() {
  let told = 0
  const clock = { now: () => Date.now(), monotonic: () => Date.now() }
  return { teller: new Teller(clock, () => { told += 1 }), told: () => told }
}

it('tells of the first change at once, and of all that follow closely together', () => {
  const { teller, told } = aTeller()
  for (let change = 0; change < 50; change++) teller.soon()
  expect(told()).toBe(1)
  vi.advanceTimersByTime(100)
  expect(told()).toBe(2)
  vi.advanceTimersByTime(1_000)
  expect(told()).toBe(2)
  teller.soon()
  expect(told()).toBe(3)
})

it('tells at once where that is asked for, which takes in what was to follow', () => {
  const { teller, told } = aTeller()
  teller.soon()
  teller.soon()
  teller.now()
  vi.advanceTimersByTime(1_000)
  expect(told()).toBe(2)
})

it('tells nothing after it was stopped', () => {
  const { teller, told } = aTeller()
  teller.soon()
  teller.soon()
  teller.stop()
  vi.advanceTimersByTime(1_000)
  expect(told()).toBe(1)
})
