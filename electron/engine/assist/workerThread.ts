import { Worker } from 'node:worker_threads'
import { KeptWorker } from '../threads/keptWorker.ts'
import { ThreadReplySchema } from './messages.ts'

/** How long (milliseconds) work that nobody waits for any more may go on before its thread is ended. */
const GRACE_MS = 2000

/**
 * A thread that is started at its first request and answers one after another. A request that is given up rejects at once; the thread is ended only if
 * it does not come to its end soon, for it takes a while to get ready again.
 */
export class WorkerThread {
  readonly #kept: KeptWorker
  #lastId = 0

  constructor(script: URL) {
    this.#kept = new KeptWorker(() => new Worker(script))
  }

  /** @throws the signal's reason, or an Error with what the thread says. */
  async ask(request: unknown, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    const given = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason as Error) }, { once: true })
    })
    const answered = this.#kept.inTurn(async () => (signal.aborted ? undefined : this.#exchange(request, signal)))
    return Promise.race([answered, given])
  }

  close(): Promise<void> {
    return this.#kept.close()
  }

  #exchange(request: unknown, signal: AbortSignal): Promise<unknown> {
    const id = ++this.#lastId
    return this.#kept.exchange<unknown>({ id, request }, {
      hear(message) {
        const reply = ThreadReplySchema.parse(message)
        if (reply.id !== id) return undefined
        if (reply.kind === 'error') throw new Error(reply.detail)
        return { reply: reply.reply }
      },
      lost: () => new Error('The thread ended'),
      begun: (_fail, done) => {
        signal.addEventListener('abort', () => {
          const timer = setTimeout(() => void this.#kept.end(), GRACE_MS)
          done.addEventListener('abort', () => { clearTimeout(timer) })
        }, { signal: done })
      },
    })
  }
}
