import PQueue from 'p-queue'
import type { Helper } from './helper.ts'

/** One request and what comes back. */
export interface Exchange<T> {
  /** Called with each message of the worker; answers the reply that ends the exchange, or nothing while more is to come. What it throws is the outcome. */
  readonly hear: (message: unknown) => { readonly reply: T } | undefined
  /** What to say when the worker ends before that. */
  readonly lost: () => Error
  /** Called at the beginning: `fail` ends the exchange with an error, `done` is aborted when it has ended. */
  readonly begun: (fail: (error: Error) => void, done: AbortSignal) => void
}

/** A thread or process that is started at its first request and kept. Requests are made one after another. */
export class KeptWorker {
  readonly #startOne: () => Helper
  readonly #idleMs: number | undefined
  readonly #queue = new PQueue({ concurrency: 1 })
  #worker: Helper | undefined
  #idle: NodeJS.Timeout | undefined

  /** `idleMs`: milliseconds without a request after which it is ended, so that its memory is free; without them it is kept for good. */
  constructor(start: () => Helper, idleMs?: number) {
    this.#startOne = start
    this.#idleMs = idleMs
  }

  /** Does `work` when the worker is free; it stays busy until then. @throws the signal's reason when it is aborted while the work waits. */
  inTurn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#queue.add(work, { ...(signal && { signal }) })
  }

  exchange<T>(request: unknown, { hear, lost, begun }: Exchange<T>): Promise<T> {
    clearTimeout(this.#idle)
    const worker = this.#start()
    const done = new AbortController()
    const replied = new Promise<T>((resolve, reject) => {
      const onEnd = () => { reject(lost()) }
      const onMessage = (message: unknown) => {
        try {
          const heard = hear(message)
          if (heard !== undefined) resolve(heard.reply)
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }
      worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd)
      done.signal.addEventListener('abort', () => { worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd) })
      begun(reject, done.signal)
    })
    worker.postMessage(request)
    return replied.finally(() => {
      done.abort()
      this.#restSoon()
    })
  }

  /** Ends it, whatever it does; the next request gets a new one. */
  async end(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  /** Forgets what waits, and ends it. */
  async close(): Promise<void> {
    this.#queue.clear()
    await this.end()
  }

  #restSoon(): void {
    if (this.#idleMs !== undefined && this.#worker !== undefined) this.#idle = setTimeout(() => void this.end(), this.#idleMs)
  }

  #start(): Helper {
    if (this.#worker) return this.#worker
    const worker = this.#startOne()
    const forget = () => {
      if (this.#worker === worker) this.#worker = undefined
    }
    worker.on('error', forget).on('exit', forget)
    this.#worker = worker
    return worker
  }
}
