import type { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Clock, SyncErrorNote } from './ports.ts'
import { asRemoteError, noteOf } from './retryPolicy.ts'

/** Work beside the rounds of sync, one run at a time. It never rejects: why a run ended early is told by `problem`, and the next one goes on from there. */
export class BackgroundRun {
  readonly #work: (signal: AbortSignal) => Promise<RemoteError | undefined>
  readonly #clock: Clock
  #abort: AbortController | undefined
  #run: Promise<RemoteError | undefined> | undefined
  #problem: SyncErrorNote | undefined
  #isStopped = false

  /** @param work returns what ended it early, or throws it */
  constructor(clock: Clock, work: (signal: AbortSignal) => Promise<RemoteError | undefined>) {
    this.#clock = clock
    this.#work = work
  }

  /** Why the last run ended early, if it did. */
  problem(): SyncErrorNote | undefined {
    return this.#problem
  }

  /** Begins a run, or joins the one under way. @returns why it stopped early, if it did */
  run(): Promise<RemoteError | undefined> {
    this.#run ??= this.#begin().finally(() => (this.#run = undefined))
    return this.#run
  }

  /** Ends the run under way; what has arrived stays. */
  async cancel(): Promise<void> {
    this.#abort?.abort(new Error('Fetching was cancelled'))
    await this.#run
  }

  /** As `cancel`, and no other run begins. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.cancel()
  }

  async #begin(): Promise<RemoteError | undefined> {
    if (this.#isStopped) return undefined
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const problem = await this.#work(signal).catch((error: unknown) => (signal.aborted ? undefined : asRemoteError(error)))
    this.#problem = problem && noteOf(problem, this.#clock.now())
    return problem
  }
}
