import { loadBitmap } from './loadBitmap.ts'
import type { FromDecoder, ToDecoder } from './messages.ts'

/** Fetches and decodes images, as `loadBitmap` does. */
export type LoadBitmap = typeof loadBitmap

interface Waiting { readonly resolve: (bitmap: ImageBitmap) => void; readonly reject: (error: Error) => void }

/**
 * Fetches and decodes on a thread, which goes on with it while the window is busy with opening a task. The thread is started at once and kept; where there is
 * none, or it fails, the window does it.
 */
export function createDecoder(startThread: () => Worker): LoadBitmap {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let thread: Worker | undefined = startThread()

  thread.addEventListener('message', ({ data }: MessageEvent<FromDecoder>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.kind === 'failed') asked?.reject(new Error(data.detail))
    else if (asked === undefined) data.bitmap.close()
    else asked.resolve(data.bitmap)
  })
  thread.addEventListener('error', ({ message }) => {
    thread?.terminate()
    thread = undefined
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  })

  return async (url, signal, expected) => {
    if (thread === undefined) return loadBitmap(url, signal, expected)
    signal.throwIfAborted()
    const worker = thread
    const id = ++lastId
    const post = (message: ToDecoder) => { worker.postMessage(message) }
    const decoded = new Promise<ImageBitmap>((resolve, reject) => { waiting.set(id, { resolve, reject }) })
    const giveUp = () => {
      waiting.get(id)?.reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
      waiting.delete(id)
      post({ kind: 'giveUp', id })
    }
    signal.addEventListener('abort', giveUp, { once: true })
    // A relative address would mean another place to the thread.
    post({ kind: 'load', id, url: new URL(url, document.baseURI).href, expected })
    return decoded.finally(() => { signal.removeEventListener('abort', giveUp) })
  }
}

/** The one of this window. */
export const decodeInWindow: LoadBitmap = typeof Worker === 'undefined'
  ? loadBitmap
  : createDecoder(() => new Worker(new URL('./decoderThread.ts', import.meta.url), { type: 'module' }))
