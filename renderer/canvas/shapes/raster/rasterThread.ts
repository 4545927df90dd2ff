import type { ToRasterizer } from './messages.ts'
import { practise } from './practise.ts'

/** A thread takes its time to start, so one that nobody needs any longer waits for the next task that does. */
let spare: Worker | undefined
let practising: AbortController | undefined

/** A thread that rasterises: the one that waits, or a new one. It belongs to the caller until it is given back. */
export function takeRasterThread(): Worker {
  const thread = spare ?? start()
  spare = undefined
  practising?.abort()
  practising = undefined
  return thread
}

/** Gives a thread back, which forgets what it knew. */
export function giveRasterThreadBack(thread: Worker): void {
  if (spare !== undefined) return thread.terminate()
  thread.postMessage({ type: 'forget' } satisfies ToRasterizer)
  spare = thread
}

/** Starts the thread that the next task with many shapes takes, and lets it practise until then. */
export function startRasterThreadAhead(): void {
  if (typeof Worker === 'undefined' || spare !== undefined) return
  spare = start()
  practising = new AbortController()
  practise(spare, practising.signal)
}

function start(): Worker {
  const thread = new Worker(new URL('./rasterWorker.ts', import.meta.url), { type: 'module' })
  // One that fails while it waits would never answer.
  thread.addEventListener('error', () => { if (spare === thread) spare = undefined })
  return thread
}
