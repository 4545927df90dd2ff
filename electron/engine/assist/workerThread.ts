import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import { ThreadReplySchema } from './messages.ts'

/** How long (milliseconds) work that nobody waits for any more may go on before its thread is ended. */
const GRACE_MS = 2000

/**
 * A thread that is started at its first request and answers one after another. A request that is given up rejects at once; the thread is ended only if
 * it does not come to its end soon, for it takes a while to get ready again.
 */
export class WorkerThread {
  readonly #script: URL
  readonly #queue = new PQueue({ concurrency: 1 })
  #worker: Worker | undefined
  #lastId = 0

  constructor(script: URL) {
    this.#script = script
  }

  /** @throws the signal's reason, or an Error with what the thread says. */
  async ask(request: unknown, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    const given = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason as Error) }, { once: true })
    })
    const answered = this.#queue.add(() => (signal.aborted ? undefined : this.#exchange(request, signal)))
    return Promise.race([answered, given])
  }

  async close(): Promise<void> {
    this.#queue.clear()
    await this.#end()
  }

  /** Stays busy until the thread is free again. */
  #exchange(request: unknown, signal: AbortSignal): Promise<unknown> {
    const worker = this.#start()
    const id = ++this.#lastId
    const done = new AbortController()
    const replied = new Promise<unknown>((resolve, reject) => {
      const onEnd = () => { reject(new Error('The thread ended')) }
      const onAbort = () => {
        const timer = setTimeout(() => void this.#end(), GRACE_MS)
        done.signal.addEventListener('abort', () => { clearTimeout(timer) })
      }
      const onMessage = (message: unknown) => {
        const reply = ThreadReplySchema.parse(message)
        if (reply.id !== id) return
        if (reply.kind === 'done') resolve(reply.reply)
        else reject(new Error(reply.detail))
      }
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd)
      signal.addEventListener('abort', onAbort)
      done.signal.addEventListener('abort', () => {
        worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd)
        signal.removeEventListener('abort', onAbort)
      })
    })
    worker.postMessage({ id, request })
    return replied.finally(() => { done.abort() })
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(this.#script)
    const forget = () => {
      if (this.#worker === worker) this.#worker = undefined
    }
    worker.on('error', forget).on('exit', forget)
    this.#worker = worker
    return worker
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }
}
