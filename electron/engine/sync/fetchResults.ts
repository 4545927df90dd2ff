import PQueue from 'p-queue'
import { journalObjectKey } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import type { RevisionId, Sha256 } from '../../../shared/domain/ids.ts'
import { BackgroundRun } from './backgroundRun.ts'
import { fetchVersion, readObject } from './fetchVersions.ts'
import type { Clock, ObjectStore, ResultRef, SyncStore } from './ports.ts'
import { asRemoteError, isLinkFailure } from './retryPolicy.ts'

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
export function createResultFetch(ports: ResultPorts): BackgroundRun {
  return new BackgroundRun(ports.clock, (signal) => new ResultFetch(ports).fetchAll(signal))
}

/** One run. */
class ResultFetch {
  readonly #ports: ResultPorts
  /** Objects that storage did not have when they were asked for; asked for again in the next run. */
  readonly #absent = new Set<RevisionId | Sha256>()

  constructor(ports: ResultPorts) {
    this.#ports = ports
  }

  async fetchAll(signal: AbortSignal): Promise<RemoteError | undefined> {
    let problem: RemoteError | undefined
    for (let wanted = this.#wanted(); wanted.length > 0 && !problem && !signal.aborted; wanted = this.#wanted()) problem = await this.#fetchBatch(wanted, signal)
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
