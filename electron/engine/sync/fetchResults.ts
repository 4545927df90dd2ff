import PQueue from 'p-queue'
import { journalObjectKey } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import type { RevisionId, Sha256 } from '../../../shared/domain/ids.ts'
import { fetchVersion, readObject } from './fetchVersions.ts'
import type { ObjectStore, ResultRef, SyncErrorNote, SyncStore } from './ports.ts'
import { asRemoteError, isLinkFailure, noteOf } from './retryPolicy.ts'
import type { Clock } from './ports.ts'

export interface ResultPorts {
  store: SyncStore
  objectStore: ObjectStore
  clock: Clock
  /** Resolves when no submission is being sent: work goes before what is to be reviewed. */
  whenPushed: () => Promise<void>
  onChange: () => void
}

const PARALLEL = 6
const BATCH = 200

/** Fetches the results of others that this person may review, with the edit histories behind them, so that reviewing needs no network. */
export class ResultFetch {
  readonly #ports: ResultPorts
  /** Objects that storage did not have when they were asked for; asked for again in the next run. */
  readonly #absent = new Set<RevisionId | Sha256>()
  #abort: AbortController | undefined
  #run: Promise<RemoteError | undefined> | undefined
  #problem: SyncErrorNote | undefined
  #isStopped = false

  constructor(ports: ResultPorts) {
    this.#ports = ports
  }

  /** Why the last run ended early, if it did. */
  problem(): SyncErrorNote | undefined {
    return this.#problem
  }

  /** Fetches what is missing, or joins the run under way. @returns why it stopped early, if it did */
  run(): Promise<RemoteError | undefined> {
    this.#run ??= this.#fetchAll().finally(() => (this.#run = undefined))
    return this.#run
  }

  /** Ends the run under way; what has arrived stays. */
  async cancel(): Promise<void> {
    this.#abort?.abort(new Error('Fetching results was cancelled'))
    await this.#run?.catch(() => undefined)
  }

  /** As `cancel`, and no other run begins. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.cancel()
  }

  async #fetchAll(): Promise<RemoteError | undefined> {
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.#absent.clear()
    let problem: RemoteError | undefined
    try {
      for (let wanted = this.#wanted(); wanted.length > 0 && !problem && !signal.aborted && !this.#isStopped; wanted = this.#wanted()) problem = await this.#fetchBatch(wanted, signal)
    } catch (error) {
      problem = asRemoteError(error)
    }
    this.#problem = problem && noteOf(problem, this.#ports.clock.now())
    return problem
  }

  #wanted(): ResultRef[] {
    return this.#ports.store.missingResults(BATCH + this.#absent.size).flatMap((result) => {
      const needsRevision = result.needsRevision && !this.#absent.has(result.revisionId)
      const journalSha256 = result.journalSha256 !== undefined && this.#absent.has(result.journalSha256) ? undefined : result.journalSha256
      return needsRevision || journalSha256 !== undefined ? [{ ...result, needsRevision, journalSha256 }] : []
    })
  }

  async #fetchBatch(results: readonly ResultRef[], signal: AbortSignal): Promise<RemoteError | undefined> {
    let stop: RemoteError | undefined
    const queue = new PQueue({ concurrency: PARALLEL })
    await Promise.all(results.map((result) => queue.add(async () => {
      await this.#ports.whenPushed()
      if (!stop && !signal.aborted) stop = (await this.#fetchOne(result, signal)) ?? stop
    })))
    return stop
  }

  /** One that cannot be had holds up nothing: only a failure of the link ends the run. */
  async #fetchOne(result: ResultRef, signal: AbortSignal): Promise<RemoteError | undefined> {
    const { store, objectStore, onChange } = this.#ports
    const { taskId, revisionId, assetId, journalSha256 } = result
    const parts = [
      ...(result.needsRevision ? [{ id: revisionId, fetch: () => fetchVersion(this.#ports, result, signal) }] : []),
      ...(journalSha256 === undefined ? [] : [{
        id: journalSha256,
        fetch: async () => { store.keepJournal(taskId, journalSha256, await readObject(objectStore, { key: journalObjectKey(journalSha256), assetId }, signal)) },
      }]),
    ]
    for (const { id, fetch } of parts) {
      try {
        await fetch()
        onChange()
      } catch (error) {
        if (signal.aborted) return undefined
        const failed = asRemoteError(error)
        if (isLinkFailure(failed.failure)) return failed
        this.#absent.add(id)
      }
    }
    return undefined
  }
}
