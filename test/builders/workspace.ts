import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDeviceKey } from '../../electron/engine/audit/deviceKey.ts'
import { openWorkDatabase } from '../../electron/engine/db/open.ts'
import type { Clock } from '../../electron/engine/sync/ports.ts'
import type { WorkContext } from '../../electron/engine/work/context.ts'
import { applyPull } from '../../electron/engine/work/applyPull.ts'
import { commitEdits } from '../../electron/engine/work/commitEdits.ts'
import { currentDevice, openIdentity } from '../../electron/engine/work/identity.ts'
import { rememberServerKey } from '../../electron/engine/work/serverKey.ts'
import type { SubmissionCommit, AuditSegment } from '../../shared/api/messages.ts'
import type { Change } from '../../shared/api/records.ts'
import { AuditReceiptSchema } from '../../shared/domain/auditEvent.ts'
import type { AuditReceipt } from '../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import type { DraftDiff } from '../../shared/domain/draft.ts'
import { DeviceIdSchema, InstantSchema, ServerKeyIdSchema, UserIdSchema } from '../../shared/domain/ids.ts'
import type { TaskId } from '../../shared/domain/ids.ts'
import { AUDIT_RECEIPT_DOMAIN, RECEIPT_DOMAIN, ReceiptSchema } from '../../shared/domain/receipt.ts'
import type { Receipt } from '../../shared/domain/receipt.ts'
import { STATEMENT_RECEIPT_DOMAIN, statementFacts, StatementReceiptSchema } from '../../shared/domain/statement.ts'
import type { Statement, StatementReceipt } from '../../shared/domain/statement.ts'
import { firstChanges, taskId } from './records.ts'
import { temporaryFolder } from './temporaryFolder.ts'

/** A clock that moves on by a millisecond at each look and otherwise stands still. */
export function aClock(start = Date.parse('2026-05-01T10:00:00.000Z')): Clock & { advance(ms: number): void } {
  let now = start
  return { now: () => now++, monotonic: () => now - start, advance: (ms) => { now += ms } }
}

export interface TestWorkspace extends WorkContext {
  readonly folder: string
  readonly events: { event: string; payload: unknown }[]
}

/** A workspace on disk with a device key and identity, and nothing pulled yet. */
export function aWorkspace(folder = temporaryFolder(), clock: Clock = aClock()): TestWorkspace {
  // An empty ballast spares every test eight megabytes of writing.
  if (!existsSync(join(folder, 'ballast'))) writeFileSync(join(folder, 'ballast'), '')
  const { db } = openWorkDatabase(join(folder, 'work.db'))
  onTestFinished(() => { db.close() })
  const key = openDeviceKey(join(folder, 'device-key.pem'))
  const events: TestWorkspace['events'] = []
  openIdentity({ db, key, clock })
  return {
    folder, db, key, clock, events, userId: UserIdSchema.parse('ada'),
    get deviceId() { return currentDevice(db) },
    notify: (event, payload) => { events.push({ event, payload }) },
  }
}

/** Pulls changes as one page of epoch `one`. */
export function pull(workspace: WorkContext, changes: Change[], page: { epoch?: string; cursor?: string } = {}): void {
  applyPull(workspace, { epoch: 'one', cursor: `cursor-${changes.at(-1)?.seq ?? 0}`, more: false, ...page, changes })
}

/** A workspace with as many tasks as asked for, `task-1` and on. */
export function aWorkspaceWithTasks(tasks = 1): TestWorkspace {
  const workspace = aWorkspace()
  pull(workspace, firstChanges(tasks))
  return workspace
}

/** Commits one edit of a task after its last one. */
export function edit(workspace: WorkContext, diff: DraftDiff, id: TaskId = taskId('task-1')): number {
  const afterSeq = workspace.db.prepare('SELECT journal_seq FROM tasks WHERE id = ?').pluck().get(id) as number
  return commitEdits(workspace, { taskId: id, afterSeq, lines: [{ kind: 'edit', name: 'addShape', diff }], timeOnTaskMs: 1000 }).journalSeq
}

/** The signing part of an orchestrator. */
export function aServer(id = 'server-key-1') {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const serverKeyId = ServerKeyIdSchema.parse(id)
  const serverTime = InstantSchema.parse('2026-05-01T11:00:00.000Z')
  const signed = <T extends object>(domain: string, record: T) => ({ ...record, signature: sign(null, Buffer.from(`${domain}\n${canonicalJson(record)}`), privateKey).toString('base64') })
  return {
    registration: { deviceId: DeviceIdSchema.parse('device'), serverKeyId, serverPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), serverTime },
    receiptFor: ({ submissionId, taskId, revisionId, sha256 }: SubmissionCommit, fields: Record<string, unknown> = {}): Receipt =>
      ReceiptSchema.parse(signed(RECEIPT_DOMAIN, { submissionId, taskId, revisionId, sha256, late: false, seq: 1, serverTime, serverKeyId, ...fields })),
    statementReceiptFor: (statement: Statement): StatementReceipt => {
      const { id: statementId, taskId } = statementFacts(statement)
      return StatementReceiptSchema.parse(signed(STATEMENT_RECEIPT_DOMAIN, { statementId, taskId, sha256: hashOf(Buffer.from(canonicalJson(statement))), serverTime, serverKeyId }))
    },
    auditReceiptFor: ({ device, epoch, entries }: AuditSegment, fields: Record<string, unknown> = {}): AuditReceipt =>
      AuditReceiptSchema.parse(signed(AUDIT_RECEIPT_DOMAIN, { device, epoch, head: entries.at(-1)?.hash, size: entries.at(-1)?.seq, serverTime, serverKeyId, ...fields })),
    knownTo(workspace: WorkContext) { rememberServerKey(workspace, this.registration); return this },
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
