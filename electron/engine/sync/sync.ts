import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { LeaseAnswer } from '../../../shared/rpc/coordination.ts'
import type { SyncStatus, Transfer } from '../../../shared/rpc/syncStatus.ts'
import { Bandwidth } from './bandwidth.ts'
import type { BackgroundRun } from './backgroundRun.ts'
import { createAuditFetch } from './fetchAudit.ts'
import { createResultFetch } from './fetchResults.ts'
import { fetchVersion } from './fetchVersions.ts'
import { LinkMeter } from './linkMeter.ts'
import { pacedStore } from './pacedStore.ts'
import type { Pause } from './pacing.ts'
import type { AssetCache } from './ports.ts'
import { Prefetch, type PrefetchGoal } from './prefetch.ts'
import type { RoundPorts } from './round.ts'
import { Rounds } from './rounds.ts'
import { Scheduler, type WakeReason } from './scheduler.ts'
import { takeLease } from './takeLease.ts'
import { statusOf } from './status.ts'
import { Teller } from './teller.ts'
import { createTransferBoard, type TransferBoard } from './transfers.ts'

export interface SyncOptions extends Omit<RoundPorts, 'board' | 'onChange'> {
  cache: AssetCache
  /** The word for "nothing is left to do": a project in a folder has nobody to be synced with. */
  settled: 'synced' | 'local'
  workOffline: boolean
  /** Without them, all that the link gives. */
  transferLimits?: TransferLimits
  onStatus: (status: SyncStatus) => void
  onTransfers: (transfers: Transfer[]) => void
  /** An asset was fetched, or could not be for the given reason; resolves when that is noted, and never rejects. */
  onAsset: (asset: Asset, problem: unknown) => Promise<void>
}

/** How transfers may use the link. */
export interface TransferLimits {
  /** Bytes a second for all transfers; undefined: what the link gives. */
  bytesPerSecond: number | undefined
  /** The link costs by the byte: images wait until somebody asks for them. */
  metered: boolean
}

export interface Sync {
  /** Begins to sync by itself and to prefetch after each pull. */
  start(): void
  /** Ends all transfers; resolves within 5 s even if a driver hangs. Nothing is written to the store afterwards. */
  stop(): Promise<void>
  wake(reason: WakeReason): void
  /** The audit log got an entry, as with each submission: it is sent without waiting for the next look for news. */
  noteEntry(): void
  /** One whole round now, also while nothing else runs (command line). Failures are in the status. */
  syncOnce(): Promise<void>
  setWorkOffline(workOffline: boolean): void
  setTransferLimits(limits: TransferLimits): void
  /** What the link brings, in bytes per second; undefined before it was measured. */
  linkRate(): number | undefined
  /** The person agrees that the next pull takes many tasks away. */
  confirmRemovals(): void
  status(): SyncStatus
  /** Tells the status anew, if it is another: something outside of sync changed it. */
  tellStatus(): void
  transfers(): Transfer[]
  prefetch: {
    start(): void
    /** Gets these images, ahead of all others and over a metered link too. */
    startFor(goal: PrefetchGoal): void
    /** Until everything is cached. @throws RemoteError when the storage cannot be reached or the disk budget is used up */
    run(): Promise<void>
    cancel(): Promise<void>
  }
  /** @throws RemoteError or AssetProblem */
  fetchAsset(asset: Asset): Promise<void>
  /** Fetches the versions of a task that were made elsewhere and are not here. @throws RemoteError */
  fetchVersions(taskId: TaskId): Promise<void>
  /** Takes or renews the lease of a task; never fails. */
  takeLease(taskId: TaskId): Promise<LeaseAnswer>
}

const LONGEST_STOP_MS = 5_000
/** Versions of one task that are fetched when it is looked at. */
const MOST_VERSIONS = 20

/** Wires push, pull and prefetch into one engine part with one status. */
export function createSync(options: SyncOptions): Sync {
  return new SyncEngine(options)
}

class SyncEngine implements Sync {
  readonly #options: SyncOptions
  readonly #board: TransferBoard
  readonly #rounds: Rounds
  readonly #prefetch: Prefetch
  readonly #results: BackgroundRun
  readonly #auditFeed: BackgroundRun
  readonly #scheduler: Scheduler
  readonly #ended = new AbortController()
  #workOffline: boolean
  readonly #bandwidth = new Bandwidth()
  readonly #meter: LinkMeter
  #limits: TransferLimits
  /** `asked`: by a person, and so over a metered link too. */
  #prefetchIs: 'automatic' | 'asked' | 'off' = 'automatic'
  #isStarted = false
  #hasEntry = false
  #lastTold = ''
  readonly #teller: Teller

  readonly prefetch: Sync['prefetch'] = {
    start: () => {
      this.#prefetchIs = 'asked'
      this.#prefetch.ask(undefined)
      this.#prefetchInBackground()
    },
    startFor: (goal) => {
      this.#prefetchIs = 'asked'
      // What runs now fetches in another order.
      void this.#prefetch.cancel().then(() => {
        this.#prefetch.ask(goal)
        this.#prefetchInBackground()
      })
    },
    run: async () => {
      const stop = await this.#prefetch.run()
      if (stop) throw stop
    },
    cancel: () => {
      this.#prefetchIs = 'off'
      this.#prefetch.giveUpGoal()
      return this.#prefetch.cancel()
    },
  }

  constructor(options: SyncOptions) {
    this.#options = options
    this.#teller = new Teller(options.clock, () => { this.#tell() })
    const [tell, tellSoon] = [() => { this.#teller.now() }, () => { this.#teller.soon() }]
    this.#workOffline = options.workOffline
    this.#board = createTransferBoard(options.onTransfers)
    this.#limits = options.transferLimits ?? { bytesPerSecond: undefined, metered: false }
    this.#bandwidth.setLimit(this.#limits.bytesPerSecond)
    this.#meter = new LinkMeter(options.clock)
    const whenPushed = () => this.#rounds.whenIdle()
    const objectStore = pacedStore(options.objectStore, { bandwidth: this.#bandwidth, meter: this.#meter, whenPushed })
    this.#rounds = new Rounds({ ...options, objectStore, board: this.#board, onChange: tellSoon }, tell)
    this.#prefetch = new Prefetch({ ...options, objectStore, board: this.#board, meter: this.#meter, whenPushed, onChange: tellSoon })
    this.#results = createResultFetch({ ...options, objectStore, whenPushed, onChange: tell })
    this.#auditFeed = createAuditFetch({ ...options, whenPushed, onChange: tell })
    this.#scheduler = new Scheduler({ clock: options.clock, round: (reasons) => this.#round(reasons), onSlept: () => this.wake('resume') })
  }

  start(): void {
    this.#isStarted = true
    this.#scheduler.start()
  }

  async stop(): Promise<void> {
    this.#ended.abort(new Error('Sync has stopped'))
    const quiet = Promise.allSettled([this.#scheduler.stop(), this.#rounds.stop(), this.#results.stop(), this.#auditFeed.stop(), this.#prefetch.stop()])
    let timer: NodeJS.Timeout | undefined
    await Promise.race([quiet, new Promise((resolve) => (timer = setTimeout(resolve, LONGEST_STOP_MS)))])
    clearTimeout(timer)
    this.#board.stop()
    this.#teller.stop()
  }

  wake(reason: WakeReason): void {
    // What was under way when the computer fell asleep hangs on a dead connection.
    if (reason === 'resume') this.#rounds.abort('The computer slept')
    this.#scheduler.wake(reason)
    this.tellStatus()
  }

  noteEntry(): void {
    if (this.#hasEntry) return
    this.#hasEntry = true
    // The transaction of the entry is over with this turn.
    queueMicrotask(() => {
      this.#hasEntry = false
      // A round ends by sending what was written while it ran.
      if (this.#rounds.facts().roundIsRunning) this.#teller.soon()
      else this.wake('entry')
    })
  }

  async syncOnce(): Promise<void> {
    this.#scheduler.pauseFor(await this.#rounds.run(true))
    if (this.#rounds.facts().lastPullWorked) await Promise.all([this.#results.run(), this.#auditFeed.run()])
  }

  setWorkOffline(workOffline: boolean): void {
    this.#workOffline = workOffline
    if (workOffline) {
      this.#rounds.abort('Working offline')
      void this.#results.cancel()
      void this.#auditFeed.cancel()
      void this.#prefetch.cancel()
    }
    this.wake('user')
  }

  setTransferLimits(limits: TransferLimits): void {
    this.#limits = limits
    this.#bandwidth.setLimit(limits.bytesPerSecond)
    if (limits.metered && this.#prefetchIs === 'automatic') void this.#prefetch.cancel()
    else if (this.#isStarted) this.#prefetchInBackground()
    this.tellStatus()
  }

  linkRate(): number | undefined {
    return this.#meter.bytesPerSecond
  }

  confirmRemovals(): void {
    this.#rounds.allowRemovals()
    this.wake('user')
  }

  status(): SyncStatus {
    const { store, cache, settled } = this.#options
    const facts = this.#rounds.facts()
    const lastError = facts.lastError ?? this.#prefetch.problem() ?? this.#results.problem() ?? this.#auditFeed.problem() ?? facts.refused
    const waitsForMetered = this.#limits.metered && this.#prefetchIs === 'automatic'
    const prefetch = { ...this.#prefetch.state(), ...cache.usage(), ...(waitsForMetered && { waitsForMetered }) }
    return statusOf({ ...facts, lastError, workOffline: this.#workOffline, notStoring: store.writeProblem() }, store, prefetch, settled)
  }

  transfers(): Transfer[] {
    return this.#board.list()
  }

  async fetchAsset(asset: Asset): Promise<void> {
    if (this.#workOffline && !this.#options.cache.has(asset)) throw new RemoteError({ kind: 'offline' }, 'Working offline')
    await this.#prefetch.fetch(asset, this.#ended.signal)
  }

  async fetchVersions(taskId: TaskId): Promise<void> {
    const missing = this.#options.store.missingVersions(MOST_VERSIONS, taskId)
    if (this.#workOffline && missing.length > 0) throw new RemoteError({ kind: 'offline' }, 'Working offline')
    for (const version of missing) await fetchVersion(this.#options, version, this.#ended.signal)
  }

  async takeLease(taskId: TaskId): Promise<LeaseAnswer> {
    const { orchestrator, clock, settled } = this.#options
    if (settled === 'local') return { kind: 'notNeeded' }
    return this.#workOffline ? { kind: 'unreachable' } : takeLease(orchestrator, clock, taskId, this.#ended.signal)
  }

  async #round(reasons: ReadonlySet<WakeReason>): Promise<Pause | undefined> {
    if (this.#workOffline) return undefined
    const pause = await this.#rounds.run(reasons.has('user') || reasons.has('network') || reasons.has('resume'))
    if (this.#rounds.facts().lastPullWorked) {
      // None of them ever rejects: why one stopped early is part of the status, and the next round starts it again.
      void this.#results.run()
      void this.#auditFeed.run()
      this.#prefetchInBackground()
    }
    return pause
  }

  #prefetchInBackground(): void {
    if (this.#prefetchIs === 'off' || this.#workOffline || this.#ended.signal.aborted) return
    if (this.#limits.metered && this.#prefetchIs === 'automatic') return
    void this.#prefetch.run().then((problem) => { if (!problem) this.#askedIsDone() })
  }

  #askedIsDone(): void {
    if (this.#prefetchIs !== 'asked' || this.#prefetch.state().running || this.#prefetch.state().goalDays !== undefined) return
    this.#prefetchIs = 'automatic'
    this.tellStatus()
    this.#prefetchInBackground()
  }

  tellStatus(): void {
    this.#teller.now()
  }

  #tell(): void {
    if (this.#ended.signal.aborted) return
    const status = this.status()
    const told = JSON.stringify(status)
    if (told === this.#lastTold) return
    this.#lastTold = told
    this.#options.onStatus(status)
  }
}
