import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ChainOwner, EntryFault, UncheckedEntry } from './checkEntries.ts'

/** Checks a run of entries of one chain, each by itself. */
export type CheckEntries = (owner: ChainOwner, entries: readonly UncheckedEntry[]) => Promise<EntryFault[]>

/** What a checking thread is asked, and what it answers. */
export interface CheckRequest { id: number; owner: ChainOwner; entries: readonly UncheckedEntry[] }
export interface CheckReply { id: number; faults: EntryFault[] }

const MOST_THREADS = 4

/**
 * Checks entries in threads of their own, one core being left to everything else, while `work` goes on: a signature takes a tenth of a millisecond.
 * @throws whatever `work` throws; Error when a thread ends early.
 */
export async function withCheckThreads<T>(work: (check: CheckEntries) => Promise<T>): Promise<T> {
  const count = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1))
  const threads = Array.from({ length: count }, () => new CheckThread())
  let turn = 0
  try {
    return await work((owner, entries) => {
      const thread = threads[turn++ % threads.length]
      if (thread === undefined) throw new Error('There is no thread')
      return thread.check(owner, entries)
    })
  } finally {
    await Promise.all(threads.map((thread) => thread.end()))
  }
}

class CheckThread {
  readonly #worker = new Worker(new URL('./checkEntriesWorker.ts', import.meta.url))
  readonly #waiting = new Map<number, { resolve: (faults: EntryFault[]) => void; reject: (error: Error) => void }>()
  #lastId = 0

  constructor() {
    this.#worker.on('message', ({ id, faults }: CheckReply) => {
      this.#waiting.get(id)?.resolve(faults)
      this.#waiting.delete(id)
    })
    this.#worker.on('error', (error: Error) => { this.#giveUp(error) }).on('exit', () => { this.#giveUp(new Error('The checking thread has ended')) })
  }

  check(owner: ChainOwner, entries: readonly UncheckedEntry[]): Promise<EntryFault[]> {
    const request: CheckRequest = { id: ++this.#lastId, owner, entries }
    this.#worker.postMessage(request)
    return new Promise((resolve, reject) => { this.#waiting.set(request.id, { resolve, reject }) })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #giveUp(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
