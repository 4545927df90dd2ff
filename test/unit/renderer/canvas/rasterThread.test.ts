import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RasterPicture, ToRasterizer } from '../../../../renderer/canvas/shapes/raster/messages.ts'

/** A thread that draws nothing and notes what it is told. */
class Thread extends EventTarget {
  static started: Thread[] = []
  readonly heard: ToRasterizer[] = []
  isEnded = false
  constructor() {
    super()
    Thread.started.push(this)
  }
  postMessage(message: ToRasterizer): void { this.heard.push(message) }
  terminate(): void { this.isEnded = true }
  /** Answers the picture that was asked for last. */
  answer(): void {
    const last = this.heard.at(-1)
    if (last?.type !== 'picture') throw new Error('No picture was asked for')
    const data: RasterPicture = { number: last.request.number, part: 'whole', bitmap: { width: 1, height: 1, close: () => undefined }, byHand: [], labelled: [] }
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

describe('the thread that rasterises', () => {
  beforeEach(() => {
    Thread.started = []
    vi.stubGlobal('Worker', Thread)
    vi.resetModules()
  })
  afterEach(() => { vi.unstubAllGlobals() })
  const load = () => import('../../../../renderer/canvas/shapes/raster/rasterThread.ts')
  const kinds = (thread: Thread | undefined) => thread?.heard.map(({ type }) => type)

  it('is kept for the next task, and has forgotten the one before', async () => {
    const { takeRasterThread, giveRasterThreadBack } = await load()
    const first = takeRasterThread()
    giveRasterThreadBack(first)
    expect(kinds(Thread.started[0])).toEqual(['forget'])
    expect(takeRasterThread()).toBe(first)
    expect(Thread.started).toHaveLength(1)
  })

  it('is ended when another one waits already', async () => {
    const { takeRasterThread, giveRasterThreadBack } = await load()
    const [first, second] = [takeRasterThread(), takeRasterThread()]
    giveRasterThreadBack(first)
    giveRasterThreadBack(second)
    expect(Thread.started.map(({ isEnded }) => isEnded)).toEqual([false, true])
  })

  it('practises when it is started ahead, one picture after the other, and forgets what it practised with', async () => {
    const { startRasterThreadAhead } = await load()
    startRasterThreadAhead()
    const [thread] = Thread.started
    while (thread?.heard.at(-1)?.type === 'picture') thread.answer()
    const told = kinds(thread) ?? []
    expect([told[0], told.at(-1)]).toEqual(['load', 'forget'])
    const numbers = thread?.heard.flatMap((message) => (message.type === 'picture' ? [message.request.number] : [])) ?? []
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.every((number) => number < 0)).toBe(true)
  })

  it('stops practising for a task', async () => {
    const { startRasterThreadAhead, takeRasterThread } = await load()
    startRasterThreadAhead()
    takeRasterThread()
    expect(Thread.started).toHaveLength(1)
    expect(kinds(Thread.started[0])).toEqual(['load', 'picture', 'forget'])
  })

  it('is not kept when it failed while it waited', async () => {
    const { startRasterThreadAhead, takeRasterThread } = await load()
    startRasterThreadAhead()
    Thread.started[0]?.dispatchEvent(new Event('error'))
    takeRasterThread()
    expect(Thread.started).toHaveLength(2)
  })
})
