import { describe, expect, it } from 'vitest'
import type { WorkReply, WorkRequest } from '../../../../renderer/features/annotate/workshop/messages.ts'
import { createWorkshop } from '../../../../renderer/features/annotate/workshop/windowWorkshop.ts'

/** Stands for the browser's thread. */
class FakeThread extends EventTarget {
  readonly requests: WorkRequest[] = []
  ended = false

  postMessage(request: WorkRequest): void { this.requests.push(request) }
  terminate(): void { this.ended = true }
  answer(reply: WorkReply): void { this.dispatchEvent(new MessageEvent('message', { data: reply })) }
}

function withThreads() {
  const threads: FakeThread[] = []
  const workshop = createWorkshop(() => {
    const thread = new FakeThread()
    threads.push(thread)
    return thread as unknown as Worker
  })
  return { threads, workshop }
}

describe('the workshop of the window', () => {
  it('starts its thread at the first work and keeps it, whatever order the answers come in', async () => {
    const { threads, workshop } = withThreads()
    expect(threads).toEqual([])
    const [first, second] = [workshop.start('unite', [[[[0, 0], [1, 0], [1, 1]]]]), workshop.start('intersect', [])]
    threads[0]?.answer({ id: 2, kind: 'done', result: [] })
    threads[0]?.answer({ id: 1, kind: 'done', result: [[[[0, 0], [1, 0], [1, 1]]]] })
    expect([await first.done, await second.done, threads.length]).toEqual([[[[[0, 0], [1, 0], [1, 1]]]], [], 1])
  })

  it('passes on what the thread could not do, and works on', async () => {
    const { threads, workshop } = withThreads()
    const failing = workshop.start('fillMasks', [])
    threads[0]?.answer({ id: 1, kind: 'failed', detail: 'The runs cannot be read' })
    await expect(failing.done).rejects.toThrow('The runs cannot be read')
    expect(threads[0]?.ended).toBe(false)
  })

  it('ends the thread when work is given up, and takes a new one for the next', async () => {
    const { threads, workshop } = withThreads()
    const given = workshop.start('unite', [])
    given.cancel()
    await expect(given.done).rejects.toThrow()
    given.cancel()
    const next = workshop.start('unite', [])
    threads[1]?.answer({ id: 2, kind: 'done', result: [] })
    expect([await next.done, threads.map(({ ended }) => ended)]).toEqual([[], [true, false]])
  })

  it('fails all work under way when the thread is lost', async () => {
    const { threads, workshop } = withThreads()
    const both = [workshop.start('unite', []), workshop.start('unite', [])]
    threads[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'lost' }))
    expect((await Promise.allSettled(both.map(({ done }) => done))).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
