import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import type { AuditSegment, DeviceRegistration, RegistrationAnswer, StatementCommit, SubmissionCommit } from '../../../../shared/api/messages.ts'
import type { PullPage } from '../../../../shared/api/records.ts'
import { RemoteError } from '../../../../shared/api/remoteError.ts'
import type { AuditEntry, AuditReceipt } from '../../../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { instantOf, ServerKeyIdSchema, Sha256Schema, type ServerKeyId } from '../../../../shared/domain/ids.ts'
import { AUDIT_RECEIPT_DOMAIN, RECEIPT_DOMAIN, type Receipt } from '../../../../shared/domain/receipt.ts'
import { STATEMENT_RECEIPT_DOMAIN, statementFacts, type StatementReceipt } from '../../../../shared/domain/statement.ts'
import type { ObjectStore, Orchestrator } from '../../sync/ports.ts'
import type { Catalog, Picture } from './catalog.ts'
import { LOCAL_USER, taskOf } from './pictureRecords.ts'

const PAGE = 500
const LEASE_MS = 24 * 3_600_000
const NO_ENTRY = '0'.repeat(64)

export interface LocalOrchestratorOptions {
  catalog: Catalog
  /** Where submissions are, by their keys. */
  objects: ObjectStore
  /** The folder's own Ed25519 key: `publicKey` is SPKI in PEM, signatures are base64. */
  key: { readonly publicKey: string; sign(bytes: Uint8Array): string }
  /** Whether an entry's hashes and signature are right for this device key. */
  isSoundEntry: (entry: AuditEntry, publicKey: string) => boolean
}

/** An orchestrator without a server: it hands out the pictures of the catalog, and signs receipts with the folder's own key. */
export function createLocalOrchestrator(options: LocalOrchestratorOptions): Orchestrator {
  const desk = new Desk(options)
  return {
    register: async (device) => desk.register(device),
    // Nobody asks a folder how its objects travel; the contract wants an answer all the same.
    me: async () => ({ userId: LOCAL_USER, name: userInfo().username, roles: ['annotator'], storage: { kind: 'presigned' } }),
    pull: async (cursor) => desk.pull(cursor),
    lease: async (taskId) => {
      desk.pictureOf(taskId)
      return { holder: LOCAL_USER, expiresAt: instantOf(Date.now() + LEASE_MS) }
    },
    submit: (commit, signal) => desk.submit(commit, signal),
    state: async (commit) => desk.state(commit),
    appendAudit: async (segment) => desk.appendAudit(segment),
    // Nobody else works here.
    auditFeed: async (cursor) => ({ cursor: cursor ?? 'none', more: false, devices: [], entries: [], receipts: [] }),
    clockOffsetMs: () => 0,
  }
}

class Desk {
  readonly #options: LocalOrchestratorOptions
  readonly #catalog: Catalog
  readonly #keyId: ServerKeyId

  constructor(options: LocalOrchestratorOptions) {
    this.#options = options
    this.#catalog = options.catalog
    this.#keyId = ServerKeyIdSchema.parse(`local-${createHash('sha256').update(options.key.publicKey).digest('hex').slice(0, 16)}`)
  }

  register(device: DeviceRegistration): RegistrationAnswer {
    this.#catalog.write(() => {
      const known = this.#catalog.publicKey(device.deviceId)
      if (known === undefined) this.#catalog.putDevice(device.deviceId, device.publicKey)
      else if (known !== device.publicKey) throw conflict('deviceKeyChanged', 'This device was registered with another key')
    })
    return { deviceId: device.deviceId, serverKeyId: this.#keyId, serverPublicKey: this.#options.key.publicKey, serverTime: instantOf(Date.now()) }
  }

  pull(cursor = '0'): PullPage {
    const after = /^\d{1,15}$/.test(cursor) ? Number(cursor) : NaN
    const last = this.#catalog.lastSeq()
    if (!(after <= last)) throw new RemoteError({ kind: 'cursorExpired' }, 'The catalog of this folder was made anew')
    const changes = this.#catalog.changesAfter(after, PAGE)
    const reached = changes.at(-1)?.seq ?? after
    return { epoch: this.#catalog.epoch, cursor: String(reached), more: reached < last, changes }
  }

  pictureOf(taskId: SubmissionCommit['taskId']): Picture {
    const picture = this.#catalog.byTask(taskId)
    if (picture === undefined) throw new RemoteError({ kind: 'refused', status: 404, code: 'taskUnknown' }, `The folder has no task ${taskId}`)
    return picture
  }

  async submit(commit: SubmissionCommit, signal: AbortSignal): Promise<Receipt> {
    this.pictureOf(commit.taskId)
    await this.#requireObject(commit, signal)
    return this.#catalog.write(() => {
      const earlier = this.#catalog.receipt(commit.submissionId)
      if (earlier?.sha256 === commit.sha256) return earlier
      if (earlier) throw conflict('submissionDiffers', 'This submission was received with other bytes')
      const picture = { ...this.pictureOf(commit.taskId), headRevision: commit.revisionId }
      this.#catalog.putPicture(picture)
      this.#catalog.append({ kind: 'task', op: 'upsert', record: taskOf(picture) })
      const { submissionId, taskId, revisionId, sha256 } = commit
      const receipt = this.#sign(RECEIPT_DOMAIN, {
        submissionId, taskId, revisionId, sha256, late: false, seq: this.#catalog.nextSubmissionSeq(), serverTime: instantOf(Date.now()), serverKeyId: this.#keyId,
      })
      this.#catalog.putReceipt(receipt)
      return receipt
    })
  }

  /** What is said of a folder's pictures stays in the workspace; the receipt says that nobody else has to hear of it. */
  state({ statement }: StatementCommit): StatementReceipt {
    const { id: statementId, taskId } = statementFacts(statement)
    this.pictureOf(taskId)
    const sha256 = Sha256Schema.parse(createHash('sha256').update(canonicalJson(statement)).digest('hex'))
    return this.#sign(STATEMENT_RECEIPT_DOMAIN, { statementId, taskId, sha256, serverTime: instantOf(Date.now()), serverKeyId: this.#keyId })
  }

  appendAudit({ device, epoch, entries }: AuditSegment): AuditReceipt {
    const publicKey = this.#catalog.publicKey(device)
    if (publicKey === undefined) throw new RemoteError({ kind: 'refused', status: 404, code: 'deviceUnknown' }, `The device ${device} is not registered`)
    return this.#catalog.write(() => {
      for (const entry of entries) this.#appendEntry(entry, publicKey)
      const size = this.#catalog.auditSize(device, epoch)
      const head = this.#catalog.auditEntry(device, epoch, size)?.hash
      if (head === undefined) throw conflict('auditEmpty', 'The segment belongs to another device or epoch')
      return this.#sign(AUDIT_RECEIPT_DOMAIN, { device, epoch, head, size, serverTime: instantOf(Date.now()), serverKeyId: this.#keyId })
    })
  }

  #appendEntry(entry: AuditEntry, publicKey: string): void {
    const { device, epoch, seq } = entry
    const held = this.#catalog.auditEntry(device, epoch, seq)
    if (held?.hash === entry.hash) return
    if (held) throw conflict('auditFork', `Another entry ${seq} of this device was received before`)
    const size = this.#catalog.auditSize(device, epoch)
    if (seq !== size + 1) throw conflict('auditGap', `Entry ${seq} does not follow what is held`, size)
    if (entry.prev !== (this.#catalog.auditEntry(device, epoch, seq - 1)?.hash ?? NO_ENTRY)) throw conflict('auditFork', `Entry ${seq} does not continue the chain that is held`)
    if (!this.#options.isSoundEntry(entry, publicKey)) throw new RemoteError({ kind: 'refused', status: 422, code: 'auditUnsound' }, `Entry ${seq} is not what its device signed`)
    this.#catalog.putAuditEntry(entry)
  }

  /** A receipt says that the bytes are held, so they are read. */
  async #requireObject({ objectKey, taskId, sha256, size }: SubmissionCommit, signal: AbortSignal): Promise<void> {
    const hash = createHash('sha256')
    let received = 0
    for await (const part of this.#options.objects.get({ key: objectKey, assetId: this.pictureOf(taskId).assetId }, signal)) {
      hash.update(part)
      received += part.length
    }
    if (received !== size || hash.digest('hex') !== sha256) throw conflict('objectDiffers', 'The stored submission is not the one that was announced')
  }

  #sign<T extends object>(domain: string, statement: T): T & { signature: string } {
    return { ...statement, signature: this.#options.key.sign(Buffer.from(`${domain}\n${canonicalJson(statement)}`)) }
  }
}

function conflict(code: string, message: string, size?: number): RemoteError {
  return new RemoteError({ kind: 'conflict', status: 409, code, size }, message)
}
