import { afterEach, describe, expect, it, vi } from 'vitest'
import { createDecoder } from '../../../../renderer/canvas/image/decoder.ts'
import type { FromDecoder, ToDecoder } from '../../../../renderer/canvas/image/messages.ts'

/** The other thread as the window sees it; a test answers in its place. */
class Thread extends EventTarget {
  readonly heard: ToDecoder[] = []
  isEnded = false
  postMessage(message: ToDecoder): void { this.heard.push(message) }
  terminate(): void { this.isEnded = true }
  answer(data: FromDecoder): void { this.dispatchEvent(new MessageEvent('message', { data })) }
  fail(message: string): void { this.dispatchEvent(new ErrorEvent('error', { message })) }
}

function aBitmap() {
  return { width: 10, height: 5, close: vi.fn() }
}

describe('decoding on a thread', () => {
  const setUp = () => {
    const thread = new Thread()
    return { thread, decode: createDecoder(() => thread as unknown as Worker), abort: new AbortController() }
  }
  afterEach(() => { vi.unstubAllGlobals() })

  it('asks for an image at its full address and answers what comes for it', async () => {
    const { thread, decode, abort } = setUp()
    const first = decode('/a.jpg', abort.signal, { width: 10, height: 5 })
    const second = decode('fieldmark-data://b', abort.signal)
    expect(thread.heard).toEqual([
      { kind: 'load', id: 1, url: new URL('/a.jpg', document.baseURI).href, expected: { width: 10, height: 5 } },
      { kind: 'load', id: 2, url: 'fieldmark-data://b', expected: undefined },
    ])
    const [a, b] = [aBitmap(), aBitmap()]
    thread.answer({ kind: 'decoded', id: 2, bitmap: b })
    thread.answer({ kind: 'decoded', id: 1, bitmap: a })
    expect(await first).toBe(a)
    expect(await second).toBe(b)
  })

  it('fails with what the thread tells', async () => {
    const { thread, decode, abort } = setUp()
    const image = decode('/a.jpg', abort.signal)
    thread.answer({ kind: 'failed', id: 1, detail: 'The image answered 404' })
    await expect(image).rejects.toThrow('The image answered 404')
  })

  it('tells the thread when an image is not wanted any longer, and closes one that comes all the same', async () => {
    const { thread, decode, abort } = setUp()
    const image = decode('/a.jpg', abort.signal)
    abort.abort(new Error('Another task'))
    await expect(image).rejects.toThrow('Another task')
    expect(thread.heard.at(-1)).toEqual({ kind: 'giveUp', id: 1 })
    const late = aBitmap()
    thread.answer({ kind: 'decoded', id: 1, bitmap: late })
    expect(late.close).toHaveBeenCalledOnce()
  })

  it('goes on in the window when the thread fails', async () => {
    const { thread, decode, abort } = setUp()
    const lost = decode('/a.jpg', abort.signal)
    thread.fail('out of memory')
    await expect(lost).rejects.toThrow('out of memory')
    expect(thread.isEnded).toBe(true)
    const bitmap = aBitmap()
    vi.stubGlobal('fetch', async () => ({ ok: true, blob: async () => 'image' }))
    vi.stubGlobal('createImageBitmap', async () => bitmap)
    expect(await decode('/a.jpg', abort.signal)).toBe(bitmap)
  })
})
