import { createHash } from 'node:crypto'
import { createSync, type Sync, type SyncOptions } from '../../../../electron/engine/sync/sync.ts'
import { RemoteError, type ObjectStore, type Orchestrator, type OutboxItem, type RemoteFailure, type SyncErrorNote, type SyncStore } from '../../../../electron/engine/sync/ports.ts'
import { submissionObjectKey, type AuditFeed, type AuditSegment, type StatementCommit } from '../../../../shared/api/messages.ts'
import type { Change, PullPage } from '../../../../shared/api/records.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'
import { AuditEntrySchema } from '../../../../shared/domain/auditEvent.ts'
import { DeviceIdSchema, InstantSchema, RevisionIdSchema, Sha256Schema, SubmissionIdSchema, TaskIdSchema, type TaskId } from '../../../../shared/domain/ids.ts'
import type { Lease } from '../../../../shared/domain/task.ts'
import { ReceiptSchema, type Receipt } from '../../../../shared/domain/receipt.ts'
import { statementFacts, StatementReceiptSchema, type StatementReceipt } from '../../../../shared/domain/statement.ts'
import type { SyncStatus } from '../../../../shared/rpc/syncStatus.ts'
import { aTask, anAsset } from '../../../builders/records.ts'
import { FakeCache } from './fakeCache.ts'
import { FakeReviewStore } from './fakeReviewStore.ts'

/** Everything that sync may fail with, by kind. */
export function failing(failure: RemoteFailure): RemoteError {
  return new RemoteError(failure, `made to fail: ${failure.kind}`)
}

const device = DeviceIdSchema.parse('device-1')
const nowInstant = () => InstantSchema.parse(new Date().toISOString())

/** A store in memory with the rules that sync relies on. What sync did to it is written down in `log`. */
export class FakeStore extends FakeReviewStore implements SyncStore {
  readonly items = new Map<string, OutboxItem>()
  readonly dead = new Map<string, SyncErrorNote>()
  readonly receipts: Receipt[] = []
  readonly retries: { id: string; nextAttemptAt: number; error: SyncErrorNote }[] = []
  readonly pages: PullPage[] = []
  readonly epochs: string[] = []
  active = new Set<TaskId>()
  position: { epoch: string; cursor: string } | undefined
  auditEntries = 0
  auditAcknowledged = 0
  assets: Asset[] = []
  /** A fork is answered with a new epoch of one entry. */
  canForget = true
  /** The store itself fails from now on, as on a full disk. */
  broken: Error | undefined

  submit(name: string, fields: Partial<OutboxItem> = {}): OutboxItem {
    const bytes = Buffer.from(name)
    const sha256 = Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
    const submissionId = SubmissionIdSchema.parse(name)
    const taskId = TaskIdSchema.parse(`task-of-${name}`)
    const revisionId = RevisionIdSchema.parse(sha256)
    const deviceSeq = this.items.size + 1
    const commit = { submissionId, deviceId: device, deviceSeq, taskId, revisionId, schemaHash: sha256 as never, objectKey: submissionObjectKey(sha256), sha256, size: bytes.length }
    const item: OutboxItem = { submissionId, taskId, revisionId, deviceSeq, sha256, commit, attempts: 0, nextAttemptAt: Date.now(), blobStored: false, ...fields }
    this.items.set(name, item)
    this.auditEntries += 1
    return item
  }

  dueOutbox(now: number, limit: number): OutboxItem[] {
    if (this.broken) throw this.broken
    return [...this.items.values()].filter((item) => item.nextAttemptAt <= now).slice(0, limit)
  }
  nextDueAt(): number | undefined {
    const times = [...this.items.values(), ...this.statements.values()].map(({ nextAttemptAt }) => nextAttemptAt)
    return times.length === 0 ? undefined : Math.min(...times)
  }
  readonly writeProblem = () => undefined
  readonly outboxCounts = () => ({ waiting: this.items.size + this.statements.size, dead: this.dead.size + this.deadStatements.size })
  readonly held: number[][] = []
  readonly noteRemovalsHeld = (removals: number, active: number) => { this.held.push([removals, active]) }
  submissionBytes(id: string): Uint8Array {
    return Buffer.from(id)
  }
  markBlobStored(id: string): void {
    this.#change(id, { blobStored: true })
  }
  readonly acceptReceipts = (receipts: readonly Receipt[]) => { for (const receipt of receipts) this.acceptReceipt(receipt) }
  acceptReceipt(receipt: Receipt): void {
    this.items.delete(receipt.submissionId)
    this.receipts.push(receipt)
    this.auditEntries += 1
  }
  scheduleRetry(id: string, nextAttemptAt: number, error: SyncErrorNote): void {
    this.retries.push({ id, nextAttemptAt, error })
    this.#change(id, { nextAttemptAt, attempts: (this.items.get(id)?.attempts ?? 0) + 1 })
  }
  deadLetter(id: string, error: SyncErrorNote): void {
    this.items.delete(id)
    this.dead.set(id, error)
  }
  cursor() {
    return this.position
  }
  activeTasks(among: readonly TaskId[]) {
    return { total: this.active.size, among: among.filter((id) => this.active.has(id)).length }
  }
  applyPull(page: PullPage): void {
    this.pages.push(page)
    this.position = { epoch: page.epoch, cursor: page.cursor }
    for (const change of page.changes) if (change.kind === 'task') this.active.add(change.record.id)
    for (const change of page.changes) if (change.kind === 'taskGone') this.active.delete(change.id)
  }
  startNewServerEpoch(epoch: string): void {
    this.epochs.push(epoch)
    this.position = undefined
  }
  nextAuditSegment(limit: number): AuditSegment | undefined {
    const count = Math.min(limit, this.auditBacklog())
    if (count === 0) return undefined
    const hash = '0'.repeat(64)
    const entry = (index: number) => AuditEntrySchema.parse({
      device, epoch: 1, seq: this.auditAcknowledged + index + 1, prev: hash, type: 'submitted', payload: {}, payloadHash: hash, wall: nowInstant(), monotonicMs: 0, hash, signature: '',
    })
    return { device, epoch: 1, entries: Array.from({ length: count }, (_, index) => entry(index)) }
  }
  acceptAuditReceipt(receipt: { size: number }): void {
    this.auditAcknowledged = receipt.size
  }
  noteAuditHeld(epoch: number, size: number): void {
    this.log.push(`noteAuditHeld ${epoch} ${size}`)
    this.auditAcknowledged = size
  }
  recordAuditFork(epoch: number): boolean {
    this.log.push(`recordAuditFork ${epoch}`)
    if (!this.canForget) return false
    this.auditEntries = 1
    this.auditAcknowledged = 0
    return true
  }
  auditBacklog(): number {
    return this.auditEntries - this.auditAcknowledged
  }
  rememberServerKey(): void {
    this.log.push('rememberServerKey')
  }
  assetsToPrefetch(limit: number, only?: ReadonlySet<string>): Asset[] {
    return this.assets.filter(({ id }) => only?.has(id) ?? true).slice(0, limit)
  }

  #change(id: string, change: Partial<OutboxItem>): void {
    const item = this.items.get(id)
    if (item) this.items.set(id, { ...item, ...change })
  }
}

type Script = (signal: AbortSignal) => unknown

/**
 * Orchestrator and storage in one, which answer well unless scripted. `script` holds what the next calls of a method do instead: throw, or
 * hang until aborted. `calls` lists what was asked for, in order.
 */
export class FakeRemote implements Orchestrator, ObjectStore {
  readonly calls: string[] = []
  readonly objects = new Map<string, Uint8Array>()
  readonly committed = new Map<string, string>()
  readonly sentBytes: { key: string; sha256: string }[] = []
  readonly script: Record<string, Script[]> = {}
  pulls: PullPage[] = []
  readonly asked: (string | undefined)[] = []

  /** The next calls of a method fail so. */
  failNext(method: string, ...errors: Error[]): void {
    this.script[method] = [...(this.script[method] ?? []), ...errors.map((error) => () => { throw error })]
  }
  /** Every call of a method fails so until `heal`. */
  failAlways(method: string, error: Error): void {
    this.script[method] = Array.from({ length: 10_000 }, () => () => { throw error })
  }
  /** The next call of a method never answers. */
  hangNext(method: string): void {
    this.script[method] = [...(this.script[method] ?? []), (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))]
  }
  heal(): void {
    for (const method of Object.keys(this.script)) delete this.script[method]
  }

  async #begin(method: string, detail: string, signal: AbortSignal): Promise<void> {
    this.calls.push(detail === '' ? method : `${method} ${detail}`)
    await this.script[method]?.shift()?.(signal)
  }

  async register(_device: unknown, signal: AbortSignal) {
    await this.#begin('register', '', signal)
    return { deviceId: device, serverKeyId: 'key-1' as never, serverPublicKey: '-----BEGIN PUBLIC KEY-----', serverTime: nowInstant() }
  }
  me(): never {
    throw new Error('Sync does not ask who it is')
  }
  leaseEnd = Date.now()
  async lease(taskId: TaskId, signal: AbortSignal): Promise<Lease> {
    await this.#begin('lease', taskId, signal)
    return { holder: 'ada' as never, expiresAt: InstantSchema.parse(new Date(this.leaseEnd).toISOString()) }
  }
  async pull(cursor: string | undefined, signal: AbortSignal): Promise<PullPage> {
    this.asked.push(cursor)
    await this.#begin('pull', '', signal)
    return this.pulls.shift() ?? { epoch: 'epoch-1', cursor: cursor ?? 'cursor-0', more: false, changes: [] }
  }
  async submit(commit: { submissionId: string; sha256: string; taskId: string; revisionId: string }, signal: AbortSignal): Promise<Receipt> {
    await this.#begin('submit', commit.submissionId, signal)
    this.committed.set(commit.submissionId, commit.sha256)
    const { submissionId, taskId, revisionId, sha256 } = commit
    return ReceiptSchema.parse({ submissionId, taskId, revisionId, sha256, seq: this.committed.size, serverTime: nowInstant(), serverKeyId: 'key-1', signature: 'x' })
  }
  async state({ statement }: StatementCommit, signal: AbortSignal): Promise<StatementReceipt> {
    const { id: statementId, taskId } = statementFacts(statement)
    await this.#begin('state', statementId, signal)
    return StatementReceiptSchema.parse({ statementId, taskId, sha256: 'a'.repeat(64), serverTime: nowInstant(), serverKeyId: 'key-1', signature: 'x' })
  }
  async appendAudit(segment: AuditSegment, signal: AbortSignal) {
    await this.#begin('appendAudit', '', signal)
    const last = segment.entries[segment.entries.length - 1]
    return { device, epoch: 1, head: last?.hash as never, size: last?.seq ?? 1, serverTime: nowInstant(), serverKeyId: 'key-1' as never, signature: 'x' }
  }
  auditFeeds: AuditFeed[] = []
  readonly askedForAudit: (string | undefined)[] = []
  async auditFeed(cursor: string | undefined, signal: AbortSignal): Promise<AuditFeed> {
    this.askedForAudit.push(cursor)
    await this.#begin('auditFeed', '', signal)
    return this.auditFeeds.shift() ?? { cursor: cursor ?? 'audit-0', more: false, devices: [], entries: [], receipts: [] }
  }
  offsetMs = 0
  clockOffsetMs(): number { return this.offsetMs }
  async put(request: { key: string; bytes: Uint8Array; sha256: string }, signal: AbortSignal): Promise<'stored' | 'existed'> {
    await this.#begin('put', Buffer.from(request.bytes).toString(), signal)
    this.sentBytes.push({ key: request.key, sha256: createHash('sha256').update(request.bytes).digest('hex') })
    if (this.objects.has(request.key)) return 'existed'
    this.objects.set(request.key, request.bytes)
    return 'stored'
  }
  async *get({ key }: { key: string }, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.#begin('get', key, signal)
    yield this.objects.get(key) ?? (() => { throw failing({ kind: 'notFound' }) })()
  }
}

export interface Bench {
  sync: Sync
  store: FakeStore
  remote: FakeRemote
  cache: FakeCache
  statuses: SyncStatus[]
  onAsset: [string, unknown][]
}

/** A sync over fakes. With fake timers, time is the test's. */
export function aBench(options: Partial<SyncOptions> = {}): Bench {
  const [store, remote, cache] = [new FakeStore(), new FakeRemote(), new FakeCache()]
  const bench: Omit<Bench, 'sync'> = { store, remote, cache, statuses: [], onAsset: [] }
  const sync = createSync({
    store, orchestrator: remote, objectStore: remote, cache,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: () => 1,
    devices: () => [{ deviceId: device, name: 'bench', publicKey: '-----BEGIN PUBLIC KEY-----', appVersion: '1' }],
    settled: 'synced',
    workOffline: false,
    onStatus: (status) => bench.statuses.push(status),
    onTransfers: () => undefined,
    async onAsset(asset, problem) { bench.onAsset.push([asset.id, problem]) },
    ...options,
  })
  return { ...bench, sync }
}

export function page(fields: Partial<PullPage> = {}): PullPage {
  return { epoch: 'epoch-1', cursor: 'cursor-1', more: false, changes: [], ...fields }
}
export function taskChange(id: string, fields: Record<string, unknown> = {}): Change {
  return { kind: 'task', op: 'upsert', seq: 1, record: aTask({ id, ...fields }) }
}
export function taskGone(id: string): Change {
  return { kind: 'taskGone', op: 'delete', seq: 1, id: TaskIdSchema.parse(id) }
}
export function assetNamed(id: string, size = 100): Asset {
  return anAsset({ id, size })
}
