import PQueue from 'p-queue'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { LinkMeter } from './linkMeter.ts'
import { Parallelism, type Bounds } from './parallelism.ts'
import type { AssetCache, Clock, ObjectStore, SyncErrorNote, SyncStore } from './ports.ts'
import { asRemoteError, backoffMs, isLinkFailure, noteOf, type Backoff } from './retryPolicy.ts'
import type { TransferBoard } from './transfers.ts'

export interface PrefetchPorts {
  store: SyncStore
  cache: AssetCache
  objectStore: ObjectStore
  clock: Clock
  random: () => number
  board: TransferBoard
  meter: LinkMeter
  /** Resolves when no submission is being sent: work goes before images. */
  whenPushed: () => Promise<void>
  /** An asset was fetched, or could not be; resolves when that is noted. */
  onAsset: (asset: Asset, problem: unknown) => Promise<void>
  onChange: () => void
}

/** `goalDays`: for how many days images are being got ahead of all others. */
export interface PrefetchState { running: boolean; done: number; total: number; receivedBytes: number; goalDays?: number }

/** Images that are wanted before a leave, for so many days. */
export interface PrefetchGoal { days: number; assetIds: ReadonlySet<AssetId> }

const BATCH = 500
const AT_ONCE: Bounds = { first: 8, most: 32 }
const ASSET_BACKOFF: Backoff = { baseMs: 30_000, capMs: 30 * 60_000 }

/** Fetches the images of assigned tasks, most urgent first, and single ones on demand. */
export class Prefetch {
  readonly #ports: PrefetchPorts
  readonly #parallelism: Parallelism
  readonly #underWay = new Map<AssetId, Promise<void>>()
  readonly #notes = new Set<Promise<void>>()
  /** Assets that failed are left alone for a while; monotonic milliseconds. */
  readonly #failed = new Map<AssetId, { attempts: number; notBefore: number }>()
  #state: PrefetchState = { running: false, done: 0, total: 0, receivedBytes: 0 }
  #abort: AbortController | undefined
  #run: Promise<RemoteError | undefined> | undefined
  #problem: SyncErrorNote | undefined
  #isStopped = false
  #goal: PrefetchGoal | undefined
  #queue: PQueue | undefined

  constructor(ports: PrefetchPorts) {
    this.#ports = ports
    this.#parallelism = new Parallelism(ports.clock, AT_ONCE)
  }

  state(): PrefetchState {
    return { ...this.#state, ...(this.#goal && { goalDays: this.#goal.days }) }
  }

  /** A person asks: for these images and no others until they are there, or for all (undefined). What rests after a failure that may pass is tried at once. */
  ask(goal: PrefetchGoal | undefined): void {
    this.#goal = goal
    for (const [id, { notBefore }] of this.#failed) if (notBefore !== Infinity) this.#failed.delete(id)
    this.#ports.onChange()
  }

  giveUpGoal(): void {
    this.#goal = undefined
  }

  /** Why the last run ended early, if it did. */
  problem(): SyncErrorNote | undefined {
    return this.#problem
  }

  /** Fetches what is missing until nothing is, or joins the run under way. @returns why it stopped early, if it did */
  run(): Promise<RemoteError | undefined> {
    this.#run ??= this.#fetchAll().finally(() => (this.#run = undefined))
    return this.#run
  }

  /** Ends the run under way; what is cached stays. */
  async cancel(): Promise<void> {
    this.#abort?.abort(new Error('Prefetching was cancelled'))
    await this.#run?.catch(() => undefined)
  }

  /** As `cancel`, and no other run begins. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.cancel()
    await Promise.allSettled(this.#underWay.values())
    await this.#noted()
  }

  /** Fetches one image now, ahead of the others. @throws RemoteError or AssetProblem */
  async fetch(asset: Asset, signal: AbortSignal): Promise<void> {
    await this.#fetch(asset, signal)
    await this.#noted()
  }

  async #fetch(asset: Asset, signal: AbortSignal): Promise<void> {
    // Another fetch of the same asset may be cancelled, which must not take this one with it: its result is only made use of.
    for (let other = this.#underWay.get(asset.id); other; other = this.#underWay.get(asset.id)) await other.catch(() => undefined)
    if (this.#ports.cache.has(asset)) return
    if (!this.#ports.cache.makeRoom(asset.size)) throw budgetUsedUp()
    await this.#fetchOne(asset, signal)
  }

  async #fetchAll(): Promise<RemoteError | undefined> {
    this.#abort = new AbortController()
    const { signal } = this.#abort
    let problem: RemoteError | undefined
    try {
      for (let wanted = this.#wanted(); wanted.length > 0 && !problem && !signal.aborted && !this.#isStopped; wanted = this.#wanted()) {
        if (!this.#state.running) this.#change({ running: true, done: 0, total: 0, receivedBytes: 0 })
        this.#change({ total: this.#state.done + wanted.length })
        problem = await this.#fetchBatch(wanted, signal)
      }
    } catch (error) {
      problem = asRemoteError(error)
    }
    if (!problem && !signal.aborted && this.#isGoalReached()) this.#goal = undefined
    this.#problem = problem && noteOf(problem, this.#ports.clock.now())
    if (this.#state.running) this.#change({ running: false })
    return problem
  }

  /** An image that is broken for good does not keep the goal from being reached. */
  #isGoalReached(): boolean {
    const assetIds = [...(this.#goal?.assetIds ?? [])].filter((id) => this.#failed.get(id)?.notBefore !== Infinity)
    return this.#ports.store.assetsToPrefetch(BATCH, new Set(assetIds)).every((asset) => this.#ports.cache.has(asset))
  }

  /** What is missing and not waiting after a failure. What the store did not know to be cached, it is told. */
  #wanted(): Asset[] {
    const { store, cache, clock, onAsset } = this.#ports
    const now = clock.monotonic()
    const listed = store.assetsToPrefetch(BATCH + this.#failed.size, this.#goal?.assetIds).filter((asset) => (this.#failed.get(asset.id)?.notBefore ?? 0) <= now)
    for (const asset of listed) if (cache.has(asset)) this.#note(onAsset(asset, undefined))
    return listed.filter((asset) => !cache.has(asset))
  }

  async #fetchBatch(assets: Asset[], signal: AbortSignal): Promise<RemoteError | undefined> {
    let stop: RemoteError | undefined
    const queue = new PQueue({ concurrency: this.#parallelism.limit })
    this.#queue = queue
    const fetches = assets.map((asset) => queue.add(async () => {
      await this.#ports.whenPushed()
      if (!stop && !signal.aborted) stop = (await this.#tryOne(asset, signal)) ?? stop
    }))
    await Promise.all(fetches)
    await this.#noted()
    return stop
  }

  async #tryOne(asset: Asset, signal: AbortSignal): Promise<RemoteError | undefined> {
    try {
      await this.#fetch(asset, signal)
      this.#failed.delete(asset.id)
      this.#change({ done: this.#state.done + 1 })
    } catch (error) {
      if (signal.aborted) return undefined
      if (error instanceof RemoteError && !isBudgetUsedUp(error) && error.failure.kind !== 'notFound') this.#parallelism.failed()
      this.#applyParallelism()
      if (error instanceof RemoteError && (isLinkFailure(error.failure) || isBudgetUsedUp(error))) return error
      this.#rest(asset, error)
    }
    return undefined
  }

  #applyParallelism(): void {
    if (this.#queue && this.#queue.concurrency !== this.#parallelism.limit) this.#queue.concurrency = this.#parallelism.limit
  }

  /** A bad image stays as it is until the engine starts again; everything else may pass. */
  #rest(asset: Asset, error: unknown): void {
    const attempts = (this.#failed.get(asset.id)?.attempts ?? 0) + 1
    const isFinal = error instanceof AssetProblem && error.problem.code !== 'diskFull'
    const waitMs = isFinal ? Infinity : backoffMs(attempts, ASSET_BACKOFF, this.#ports.random)
    this.#failed.set(asset.id, { attempts, notBefore: this.#ports.clock.monotonic() + waitMs })
  }

  #fetchOne(asset: Asset, signal: AbortSignal): Promise<void> {
    const fetch = this.#fetchAndTell(asset, signal).finally(() => this.#underWay.delete(asset.id))
    this.#underWay.set(asset.id, fetch)
    return fetch
  }

  async #fetchAndTell(asset: Asset, signal: AbortSignal): Promise<void> {
    const { cache, objectStore, board, onAsset } = this.#ports
    const transfer = board.begin({ direction: 'down', name: asset.name, totalBytes: asset.size, assetId: asset.id })
    let received = 0
    try {
      await cache.fetch(asset, objectStore, signal, (bytes) => {
        this.#state = { ...this.#state, receivedBytes: this.#state.receivedBytes + bytes - received }
        received = bytes
        this.#parallelism.observe(this.#ports.meter.totalBytes)
        this.#applyParallelism()
        transfer.progress(bytes)
      })
      this.#note(onAsset(asset, undefined))
    } catch (error) {
      if (!signal.aborted) this.#note(onAsset(asset, error))
      throw error
    } finally {
      transfer.end()
    }
  }

  /** The next image need not wait for that. */
  #note(noting: Promise<void>): void {
    this.#notes.add(noting)
    void noting.finally(() => this.#notes.delete(noting))
  }

  async #noted(): Promise<void> {
    await Promise.all(this.#notes)
  }

  #change(change: Partial<PrefetchState>): void {
    this.#state = { ...this.#state, ...change }
    this.#ports.onChange()
  }
}

function isBudgetUsedUp({ failure }: RemoteError): boolean {
  return failure.kind === 'refused' && failure.code === 'diskBudget'
}

function budgetUsedUp(): RemoteError {
  return new RemoteError({ kind: 'refused', status: 0, code: 'diskBudget' }, 'The disk budget for images is used up')
}
