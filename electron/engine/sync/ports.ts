import type { AuditFeed, AuditSegment, Grant, Me, RegistrationAnswer, DeviceRegistration, StatementCommit, StorageCredentials, SubmissionCommit, UploadGrantRequest, DownloadGrantRequest } from '../../../shared/api/messages.ts'
import type { RemoteFailure } from '../../../shared/api/remoteError.ts'
import type { PullPage } from '../../../shared/api/records.ts'
import type { Asset, ObjectKey } from '../../../shared/domain/asset.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { AssetId, Instant, RevisionId, Sha256, StatementId, SubmissionId, TaskId } from '../../../shared/domain/ids.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import type { Statement, StatementReceipt } from '../../../shared/domain/statement.ts'
import type { Lease } from '../../../shared/domain/task.ts'

export { RemoteError, type RemoteFailure } from '../../../shared/api/remoteError.ts'

/** A change that is not as agreed and was left out. `kind` and `id` are what it called itself, made printable; `reason` is for people. */
export interface RefusedChange { kind: string; id: string; seq?: number; reason: string }

/** The sound changes of a page, and the others. */
export interface PulledPage extends PullPage { refused?: readonly RefusedChange[] }

/** A server that hands out tasks and takes submissions. Drivers: the Fieldmark API and a local folder. Every call has a time-out. */
export interface Orchestrator {
  register(device: DeviceRegistration, signal: AbortSignal): Promise<RegistrationAnswer>
  me(signal: AbortSignal): Promise<Me>
  /** Changes since `cursor` (undefined: from the start). @throws RemoteError cursorExpired when it must start over. */
  pull(cursor: string | undefined, signal: AbortSignal): Promise<PulledPage>
  lease(taskId: TaskId, signal: AbortSignal): Promise<Lease>
  /** Idempotent by submission id. */
  submit(commit: SubmissionCommit, signal: AbortSignal): Promise<Receipt>
  /** Idempotent by the id of the statement. */
  state(commit: StatementCommit, signal: AbortSignal): Promise<StatementReceipt>
  appendAudit(segment: AuditSegment, signal: AbortSignal): Promise<AuditReceipt>
  /** Audit entries of others since `cursor` (undefined: from the start). @throws RemoteError cursorExpired when it must start over. */
  auditFeed(cursor: string | undefined, signal: AbortSignal): Promise<AuditFeed>
  /** Milliseconds to add to the local clock to get the server's, from its last answer; 0 when unknown. */
  clockOffsetMs(): number
}

/** Grants short-lived URLs; the Fieldmark API driver implements it for the presigned storage driver. */
export interface GrantSource {
  grantUpload(request: UploadGrantRequest, signal: AbortSignal): Promise<Grant>
  grantDownload(request: DownloadGrantRequest, signal: AbortSignal): Promise<Grant[]>
}

/** Gives temporary keys of the storage; the Fieldmark API driver implements it for the S3 driver. */
export interface CredentialSource {
  storageCredentials(signal: AbortSignal): Promise<StorageCredentials>
}

export interface PutRequest {
  key: ObjectKey
  bytes: Uint8Array
  sha256: Sha256
  mediaType: string
  /** Hears how many bytes are stored so far, where they go in parts. */
  onSent?: (bytes: number) => void
}

/** An object to be fetched: a key that belongs to an asset (a grant names the asset). */
export interface ObjectRef {
  key: ObjectKey
  assetId: AssetId
}

/** What a reader has of an object already: its first `offset` bytes, of the version that the storage named (undefined: it named none). */
export interface ReadFrom {
  offset: number
  version: string | undefined
  /** Hears before the first bytes where they begin: at `offset`, or at 0 when the storage cannot go on from there; and of which version they are. */
  onBegin(begin: { offset: number; version: string | undefined }): void
}

/** Object storage. Drivers: S3, presigned HTTP, folder. Nothing stored is ever overwritten. */
export interface ObjectStore {
  /** Stores under the key if it is free. 'existed' when it already holds the same bytes. @throws RemoteError conflict when it holds other bytes. */
  put(request: PutRequest, signal: AbortSignal): Promise<'stored' | 'existed'>
  /**
   * The bytes as they arrive, all of them or those that a reader lacks; the caller verifies the hash. Each part is the caller's, who may also free its memory.
   * @throws RemoteError corrupt when the length differs from what was announced.
   */
  get(ref: ObjectRef, signal: AbortSignal, from?: ReadFrom): AsyncIterable<Uint8Array>
}

/** Time, so that tests can hold it. */
export interface Clock {
  /** Milliseconds since 1970, wall clock. */
  now(): number
  /** Milliseconds that never go back. */
  monotonic(): number
}

/** A submission that waits for its receipt. `bytes` are identical at each attempt. */
export interface OutboxItem {
  submissionId: SubmissionId
  taskId: TaskId
  revisionId: RevisionId
  deviceSeq: number
  sha256: Sha256
  commit: SubmissionCommit
  attempts: number
  nextAttemptAt: number
  blobStored: boolean
}

/** A review or comment that waits for its receipt. */
export interface StatementItem { id: StatementId; taskId: TaskId; statement: Statement; attempts: number }

/** The edit journal behind a submission that the server holds, of so many `lines` and, about, bytes. */
export interface JournalItem { submissionId: SubmissionId; taskId: TaskId; sha256: Sha256; lines: number; size: number }

/** A result of somebody else that is to be reviewed and is not all here; `journalSha256` is set where its journal is missing, `needsRevision` where its bytes are. */
export interface ResultRef extends VersionRef { needsRevision: boolean; journalSha256: Sha256 | undefined }

/** A revision that was made elsewhere and that the server holds. */
export interface VersionRef { taskId: TaskId; revisionId: RevisionId; assetId: AssetId }

/** What push, pull and prefetch need of the local store; implemented over work.db in the composition root. Each method is one durable transaction. */
export interface SyncStore {
  /** The oldest items that are due at `now`, excluding dead letters. */
  dueOutbox(now: number, limit: number): OutboxItem[]
  /** Earliest `nextAttemptAt` among waiting items, or undefined when the outbox is empty. */
  nextDueAt(): number | undefined
  outboxCounts(): { waiting: number; dead: number }
  /** Why nothing can be stored at the moment, as the last attempt showed. */
  writeProblem(): 'diskFull' | 'readOnly' | 'databaseDamaged' | undefined
  submissionBytes(submissionId: SubmissionId): Uint8Array
  markBlobStored(submissionId: SubmissionId): void
  /** Verifies hash and signature, stores the receipt, removes the item, sets the task's standing, writes the audit entry. @throws when hashes differ. */
  acceptReceipt(receipt: Receipt): void
  /** As `acceptReceipt`, all of them in one transaction, or none when one is wrong. */
  acceptReceipts(receipts: readonly Receipt[]): void
  scheduleRetry(submissionId: SubmissionId, nextAttemptAt: number, error: SyncErrorNote): void
  deadLetter(submissionId: SubmissionId, error: SyncErrorNote): void
  /** The oldest statements that are due at `now`, without those that must wait for another statement or for a submission. */
  dueStatements(now: number, limit: number): StatementItem[]
  /** Verifies hash and signature and stores the receipt, writes the audit entry. @throws RemoteError when it is not for what was said. */
  acceptStatementReceipt(receipt: StatementReceipt): void
  postponeStatement(id: StatementId, nextAttemptAt: number, error: SyncErrorNote): void
  refuseStatement(id: StatementId, error: SyncErrorNote): void
  /** Journals behind acknowledged submissions that are not in storage yet, oldest first. */
  journalsToSend(limit: number): JournalItem[]
  /** The journal behind one submission, if it is to be sent. */
  journalToSend(submissionId: SubmissionId): JournalItem | undefined
  journalBacklog(): number
  /** The journal as JSON Lines. @throws Error when it is not what the revision says. */
  journalBytes(item: JournalItem): Uint8Array
  /** Notes in one transaction what became of several. */
  noteJournals(items: readonly JournalItem[], end: 'sent' | 'refused'): void
  cursor(): { epoch: string; cursor: string } | undefined
  /** How many tasks a person may still work on there are in all, and among the given ones: what the mass-delete breaker compares. */
  activeTasks(among: readonly TaskId[]): { total: number; among: number }
  /** Notes that a pull waits for a person's word, because it would take many tasks away: `removals` of the `active` ones. */
  noteRemovalsHeld(removals: number, active: number): void
  /** Applies one page (rows, cursor, audit; what was refused goes into the audit log) in one transaction; rows of tasks with unsent local edits keep their local part. */
  applyPull(page: PulledPage): void
  /** Forgets the cursor and offers every submission again whose receipt came from another server epoch. */
  startNewServerEpoch(epoch: string): void
  nextAuditSegment(limit: number): AuditSegment | undefined
  /** Verifies and remembers the receipt. @throws RemoteError conflict auditFork when it speaks of other entries than ours. */
  acceptAuditReceipt(receipt: AuditReceipt): void
  /** The orchestrator holds only the first `size` entries of the epoch; the others are offered again. */
  noteAuditHeld(epoch: number, size: number): void
  /** The orchestrator holds other entries in this epoch than ours: it is not offered any more, and this device goes on under another id, to be registered. False when that cannot help. */
  recordAuditFork(epoch: number): boolean
  /** Fast: how many local audit entries have no receipt yet. */
  auditBacklog(): number
  rememberServerKey(registration: RegistrationAnswer): void
  /** Versions made elsewhere of tasks that were worked on here, whose bytes are not here; of one task, whether or not it was. */
  missingVersions(limit: number, taskId?: TaskId): VersionRef[]
  /** Keeps a version made elsewhere beside one's own. @throws RemoteError corrupt when the bytes are not that revision. */
  keepVersion(taskId: TaskId, revisionId: RevisionId, bytes: Uint8Array): void
  /** Results of others that this person may review and that are not all here, those that wait for a decision first. */
  missingResults(limit: number): ResultRef[]
  /** Keeps the journal behind a result. @throws RemoteError corrupt when the bytes are not that journal. */
  keepJournal(taskId: TaskId, sha256: Sha256, bytes: Uint8Array): void
  /** Where reading the audit entries of others goes on; undefined where that is not for this person. */
  auditFeedPlace(): { cursor: string | undefined } | undefined
  /** Checks a page of them and keeps it with the cursor, also what is not sound: that is marked and told. @throws the signal's reason; nothing is kept then. */
  keepAuditPage(page: AuditFeed, signal: AbortSignal): Promise<void>
  /** Reading them begins anew; what is here stays. */
  restartAuditFeed(): void
  /** Assets of active tasks that are not cached yet, by priority and due date; only the given ones, if they are given. */
  assetsToPrefetch(limit: number, only?: ReadonlySet<AssetId>): Asset[]
}

/** What went wrong at an attempt, shown to the person and kept in the database. */
export interface SyncErrorNote {
  at: Instant
  kind: RemoteFailure['kind']
  message: string
}

/** The verified image cache; implemented by engine/tiles. */
export interface AssetCache {
  has(asset: Asset): boolean
  /** Fetches, verifies, cuts tiles where needed. Progress in bytes. @throws RemoteError, or AssetProblem for a bad image. */
  fetch(asset: Asset, store: ObjectStore, signal: AbortSignal, onBytes: (received: number) => void): Promise<void>
  /** Frees room for `bytes` by dropping what no active task needs; false when the budget cannot hold it. */
  makeRoom(bytes: number): boolean
  usage(): { usedBytes: number; budgetBytes: number }
}
