import { AuditEntrySchema, AuditReceiptSchema } from '../../../../shared/domain/auditEvent.ts'
import type { AuditEntry, AuditReceipt } from '../../../../shared/domain/auditEvent.ts'
import type { DeviceId, Instant, Sha256, TaskId } from '../../../../shared/domain/ids.ts'
import { fromJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/**
 * One unbroken chain of one device; `publicKey` is SPKI in PEM. The server holds the first `acknowledged` entries, as it last said; it holds another
 * continuation of the chain when `forkedAt` is set. Since `leftAt` another person works here, under a device of their own.
 */
export interface AuditEpoch {
  epoch: number; device: DeviceId; publicKey: string; startedAt: Instant; reason: string; acknowledged: number; forkedAt: Instant | null; leftAt: Instant | null
}

export function insertAuditEpoch(db: WorkDatabase, { epoch, device, publicKey, startedAt, reason }: Omit<AuditEpoch, 'acknowledged' | 'forkedAt' | 'leftAt'>): void {
  change(db, 1, 'INSERT INTO audit_epochs (epoch, device, public_key, started_at, reason) VALUES (?, ?, ?, ?, ?)', epoch, device, publicKey, startedAt, reason)
}

/** Every epoch, oldest first. */
export function auditEpochs(db: WorkDatabase): AuditEpoch[] {
  return sql<AuditEpoch>(db, 'SELECT epoch, device, public_key AS publicKey, started_at AS startedAt, reason, acknowledged, forked_at AS forkedAt, left_at AS leftAt FROM audit_epochs ORDER BY epoch').all()
}

/** Notes how many entries of an epoch the server holds. */
export function setAcknowledged(db: WorkDatabase, epoch: number, size: number): void {
  change(db, 1, 'UPDATE audit_epochs SET acknowledged = ? WHERE epoch = ?', size, epoch)
}

export function markForked(db: WorkDatabase, epoch: number, at: Instant): void {
  change(db, 1, 'UPDATE audit_epochs SET forked_at = ? WHERE epoch = ? AND forked_at IS NULL', at, epoch)
}

/** From now on another person works here. */
export function leaveAuditEpochs(db: WorkDatabase, at: Instant): void {
  sql(db, 'UPDATE audit_epochs SET left_at = ? WHERE left_at IS NULL').run(at)
}

/** Makes the last acknowledged entry of each epoch one that is still to be offered. */
export function doubtLastAcknowledged(db: WorkDatabase): void {
  sql(db, 'UPDATE audit_epochs SET acknowledged = acknowledged - 1 WHERE acknowledged > 0 AND forked_at IS NULL').run()
}

/** The end of the newest epoch; `seq` is 0 and `hash` undefined before its first entry. */
export function auditHead(db: WorkDatabase): { epoch: number; device: DeviceId; seq: number; hash: Sha256 | undefined } {
  const row = sql<{ epoch: number; device: DeviceId; seq: number | null; hash: Sha256 | null }>(db, `SELECT e.epoch, e.device, a.seq, a.hash
    FROM audit_epochs e LEFT JOIN audit a ON a.epoch = e.epoch ORDER BY e.epoch DESC, a.seq DESC LIMIT 1`).get()
  if (row === undefined) throw new Error('The audit log has no epoch yet')
  return { epoch: row.epoch, device: row.device, seq: row.seq ?? 0, hash: row.hash ?? undefined }
}

/** Appends an entry; `payload` is its canonical JSON. */
export function insertAuditEntry(db: WorkDatabase, entry: AuditEntry, payload: string): void {
  change(db, 1, `INSERT INTO audit (epoch, seq, device, prev, type, task_id, payload, payload_hash, wall, monotonic_ms, hash, signature)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.epoch, entry.seq, entry.device, entry.prev, entry.type, entry.payload.taskId ?? null, payload, entry.payloadHash, entry.wall, entry.monotonicMs, entry.hash, entry.signature)
}

/** An entry as it is stored, before anything of it is believed; `payload` is JSON text. */
export interface StoredAuditEntry {
  epoch: number; seq: number; device: string; prev: string; type: string; payload: string; payloadHash: string
  wall: string; monotonicMs: number; hash: string; signature: string
}

const COLUMNS = 'epoch, seq, device, prev, type, payload, payload_hash AS payloadHash, wall, monotonic_ms AS monotonicMs, hash, signature'

/** A run of an epoch's entries after `seq`. */
export function auditRun(db: WorkDatabase, epoch: number, after: number, limit: number): StoredAuditEntry[] {
  return sql<StoredAuditEntry>(db, `SELECT ${COLUMNS} FROM audit WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ?`).all(epoch, after, limit)
}

/** The entries about a task, oldest first. */
export function auditOfTask(db: WorkDatabase, taskId: TaskId): AuditEntry[] {
  return sql<StoredAuditEntry>(db, `SELECT ${COLUMNS} FROM audit WHERE task_id = ? ORDER BY epoch, seq`).all(taskId).map(toAuditEntry)
}

/** @throws ZodError when the stored entry is not one. */
export function toAuditEntry(stored: StoredAuditEntry): AuditEntry {
  return AuditEntrySchema.parse({ ...stored, payload: JSON.parse(stored.payload) as unknown })
}

export function insertAuditReceipt(db: WorkDatabase, receipt: AuditReceipt): void {
  sql(db, 'INSERT INTO audit_receipts (epoch, size, head, raw) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(receipt.epoch, receipt.size, receipt.head, JSON.stringify(receipt))
}

/** Every remembered receipt, by epoch and size. */
export function auditReceipts(db: WorkDatabase): AuditReceipt[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM audit_receipts ORDER BY epoch, size').all().map(({ raw }) => fromJson(AuditReceiptSchema, raw))
}

/** How many entries there are in all epochs together. */
export function auditEntryCount(db: WorkDatabase): number {
  return sql<{ count: number }>(db, 'SELECT count(*) AS count FROM audit').get()?.count ?? 0
}

/** How many entries an epoch holds, by its last sequence number. */
export function auditSize(db: WorkDatabase, epoch: number): number {
  return sql<{ last: number | null }>(db, 'SELECT max(seq) AS last FROM audit WHERE epoch = ?').get(epoch)?.last ?? 0
}
