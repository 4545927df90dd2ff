import { EventEmitter } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Helper } from '../../../../electron/engine/threads/helper.ts'
import { KeptWorker } from '../../../../electron/engine/threads/keptWorker.ts'

const IDLE_MS = 10_000

class Echo extends EventEmitter implements Helper {
  hasEnded = false
  postMessage(message: unknown): void {
    queueMicrotask(() => this.emit('message', message))
  }
  terminate(): Promise<void> {
    this.hasEnded = true
    this.emit('exit')
    return Promise.resolve()
  }
}

function keptEcho(idleMs?: number) {
  vi.useFakeTimers()
  onTestFinished(() => { vi.useRealTimers() })
  const started: Echo[] = []
  const kept = new KeptWorker(() => {
    const echo = new Echo()
    started.push(echo)
    return echo
  }, idleMs)
  const ask = (request: string) => kept.exchange(request, { hear: (reply) => ({ reply }), lost: () => new Error('lost'), begun: () => {} })
  return { kept, ask, started }
}

describe('a kept worker', () => {
  it('is given up when nothing was asked for a while, and the next request gets a new one', async () => {
    const { ask, started } = keptEcho(IDLE_MS)
    await ask('one')
    await vi.advanceTimersByTimeAsync(IDLE_MS)
    expect(started.map(({ hasEnded }) => hasEnded)).toEqual([true])
    expect(await ask('two')).toBe('two')
    expect(started.map(({ hasEnded }) => hasEnded)).toEqual([true, false])
  })

  it('stays while requests come', async () => {
    const { ask, started } = keptEcho(IDLE_MS)
    for (let request = 0; request < 5; request++) {
      await ask('again')
      await vi.advanceTimersByTimeAsync(IDLE_MS - 1)
    }
    expect(started.map(({ hasEnded }) => hasEnded)).toEqual([false])
  })

  it('stays for good when no time is given', async () => {
    const { ask, started } = keptEcho()
    await ask('one')
    await vi.advanceTimersByTimeAsync(100 * IDLE_MS)
    expect(started.map(({ hasEnded }) => hasEnded)).toEqual([false])
  })
})
