import { createHash } from 'node:crypto'
import { createFieldmarkApi } from '../../electron/engine/remotes/fieldmarkApi.ts'
import { createPresignedStore } from '../../electron/engine/storage/presignedHttp.ts'
import { RemoteError, type AssetCache, type SyncStore } from '../../electron/engine/sync/ports.ts'
import { createSync, type Sync } from '../../electron/engine/sync/sync.ts'
import { findReceipt } from '../../electron/engine/db/repositories/receipts.ts'
import { findSubmission } from '../../electron/engine/db/repositories/submissions.ts'
import { findTask } from '../../electron/engine/db/repositories/tasks.ts'
import { draftRecords } from '../../electron/engine/db/repositories/drafts.ts'
import { submitTask } from '../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../electron/engine/work/syncStore.ts'
import { objectKeyOf } from '../../shared/domain/asset.ts'
import type { SubmissionId, TaskId } from '../../shared/domain/ids.ts'
import { RpcError } from '../../shared/rpc/errors.ts'
import type { SyncStatus } from '../../shared/rpc/syncStatus.ts'
import { adding, aShape } from '../builders/records.ts'
import { aWorkspace, edit, type TestWorkspace } from '../builders/workspace.ts'
import type { FaultProxy } from './faultProxy.ts'

/** Short, so that a silent server costs a history little; long enough for a busy computer. */
const SILENCE_MS = 300

/** One device with its own way to the orchestrator. It can be stopped and started again on the same folder. */
export class Workstation {
  readonly name: string
  readonly proxy: FaultProxy
  /** What went against an invariant, found at the moment it happened. */
  readonly breaches: string[] = []
  /** Every submission that the person was told is saved. */
  readonly saved = new Set<SubmissionId>()
  /** Hashes that left for the orchestrator under each submission id. */
  readonly sent = new Map<string, Set<string>>()
  /** The shapes that the person drew and was told are saved, by task. */
  readonly drawn = new Map<TaskId, Set<string>>()
  readonly #token: string
  #workspace: TestWorkspace
  #sync: Sync
  #shapes = 0

  constructor(name: string, proxy: FaultProxy, token: string) {
    this.name = name
    this.proxy = proxy
    this.#token = token
    this.#workspace = this.#openWorkspace()
    this.#sync = this.#startSync()
  }

  get workspace(): TestWorkspace {
    return this.#workspace
  }

  get sync(): Sync {
    return this.#sync
  }

  /** Draws a shape and submits the task, if the task is still there for it. */
  work(taskId: TaskId): void {
    if (findTask(this.#workspace.db, taskId) === undefined) return
    try {
      const id = `${this.name}-shape-${++this.#shapes}`
      edit(this.#workspace, adding(aShape({ id, order: this.#shapes })), taskId)
      this.drawn.set(taskId, (this.drawn.get(taskId) ?? new Set()).add(id))
      const result = submitTask(this.#workspace, taskId, 1_000)
      if (result.kind === 'submitted') this.saved.add(result.submissionId)
      this.#sync.wake('submit')
    } catch (error) {
      // A cancelled or released task takes no more work, and says so.
      if (!(error instanceof RpcError)) throw error
    }
  }

  /** Ends as an application that is quit, and starts again on what is on disk. */
  async restart(): Promise<void> {
    await this.stop()
    this.#workspace = this.#openWorkspace(this.#workspace.folder)
    this.#sync = this.#startSync()
  }

  async stop(): Promise<void> {
    await this.#sync.stop()
    this.#workspace.db.close()
  }

  #openWorkspace(folder?: string): TestWorkspace {
    return aWorkspace(folder, { now: () => Date.now(), monotonic: () => performance.now() })
  }

  #startSync(): Sync {
    const { deviceId, key } = this.#workspace
    const api = createFieldmarkApi({ baseUrl: this.proxy.origin, tokens: { get: async () => this.#token, refresh: async () => this.#token }, clock: this.#workspace.clock, silenceMs: SILENCE_MS })
    const sync = createSync({
      store: this.#watched(createSyncStore(this.#workspace)),
      orchestrator: { ...api, submit: (commit, signal) => {
        this.sent.set(commit.submissionId, (this.sent.get(commit.submissionId) ?? new Set()).add(commit.sha256))
        return api.submit(commit, signal)
      } },
      objectStore: createPresignedStore({ grants: api, silenceMs: SILENCE_MS }),
      cache: verifyingCache(),
      clock: this.#workspace.clock,
      // The shortest pauses there are, so that a history takes a second.
      random: () => 0,
      devices: () => [{ deviceId, name: this.name, publicKey: key.publicKey, appVersion: '1' }],
      settled: 'synced', workOffline: false,
      onStatus: (status) => this.#checkStatus(status),
      onTransfers: () => undefined, onAsset: () => undefined,
    })
    sync.start()
    return sync
  }

  /** Checks invariants 2 and 4 at the very moment at which they could break. */
  #watched(store: SyncStore): SyncStore {
    return {
      ...store,
      acceptReceipt: (receipt) => {
        const bytes = store.submissionBytes(receipt.submissionId)
        store.acceptReceipt(receipt)
        if (createHash('sha256').update(bytes).digest('hex') !== receipt.sha256) this.breaches.push(`2: ${receipt.submissionId} left the outbox for other bytes`)
      },
      applyPull: (page) => {
        store.applyPull(page)
        for (const [taskId, shapes] of this.drawn) {
          const there = new Set<string>(draftRecords(this.#workspace.db, taskId).map(({ id }) => id))
          for (const shape of shapes) if (!there.has(shape)) this.breaches.push(`4: a pull removed ${shape} from ${taskId}`)
        }
      },
    }
  }

  /** Invariant 10: nothing waits, and each submission has its receipt, whenever the window would say "all synced". */
  #checkStatus(status: SyncStatus): void {
    if (status.phase !== 'synced') return
    const store = createSyncStore(this.#workspace)
    const { waiting, dead } = store.outboxCounts()
    const backlog = store.auditBacklog()
    const unreceipted = [...this.saved].filter((id) => findReceipt(this.#workspace.db, id) === undefined)
    if (waiting + dead + backlog + unreceipted.length > 0) this.breaches.push(`10: synced was said with ${waiting} waiting, ${dead} dead, ${unreceipted.length} submissions and ${backlog} audit entries without receipt`)
  }

  /** Where each saved submission is now. */
  places(): Map<SubmissionId, string> {
    return new Map([...this.saved].map((id) => [id, findSubmission(this.#workspace.db, id)?.place ?? 'nowhere']))
  }
}

/** Keeps nothing but what it verified, as the product's cache does, without decoding images. */
function verifyingCache(): AssetCache {
  const cached = new Set<string>()
  return {
    has: (asset) => cached.has(asset.sha256),
    makeRoom: () => true,
    usage: () => ({ usedBytes: 0, budgetBytes: 1 }),
    fetch: async (asset, store, signal, onBytes) => {
      const hash = createHash('sha256')
      let received = 0
      for await (const part of store.get({ key: objectKeyOf(asset.uri), assetId: asset.id }, signal)) {
        hash.update(part)
        onBytes((received += part.length))
      }
      if (hash.digest('hex') !== asset.sha256) throw new RemoteError({ kind: 'corrupt' }, 'The image is not the one that was announced')
      cached.add(asset.sha256)
    },
  }
}
