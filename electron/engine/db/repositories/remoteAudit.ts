import type { AuditDevice, HeldAuditEntry } from '../../../../shared/api/messages.ts'
import { AuditReceiptSchema } from '../../../../shared/domain/auditEvent.ts'
import type { AuditReceipt } from '../../../../shared/domain/auditEvent.ts'
import { TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { fromJson } from '../json.ts'
import { forgetMeta } from './meta.ts'
import type { StoredAuditEntry } from './auditLog.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** A device of somebody else. Its key is the one that it was first told with. */
interface RemoteDevice { device: string; owner: string; name: string; publicKey: string }
export interface RemoteChain { device: string; epoch: number }

/** An entry as it is stored: what is no text yet is made text. */
export function uncheckedEntry({ payload, ...entry }: HeldAuditEntry): StoredAuditEntry {
  return { ...entry, payload: JSON.stringify(payload) ?? 'null' }
}

export function remoteDevices(db: WorkDatabase): RemoteDevice[] {
  return sql<RemoteDevice>(db, 'SELECT device, owner, name, public_key AS publicKey FROM remote_devices ORDER BY device').all()
}

export function putRemoteDevice(db: WorkDatabase, { deviceId, owner, name, publicKey }: AuditDevice): void {
  sql(db, `INSERT INTO remote_devices (device, owner, name, public_key) VALUES (?, ?, ?, ?)
    ON CONFLICT (device) DO UPDATE SET owner = excluded.owner, name = excluded.name`).run(deviceId, owner, name, publicKey)
}

/** The end of a chain as it is here, the sound one of several; undefined before its first entry. */
export function remoteHead(db: WorkDatabase, { device, epoch }: RemoteChain): { seq: number; hash: string } | undefined {
  return sql<{ seq: number; hash: string }>(db, 'SELECT seq, hash FROM remote_audit WHERE device = ? AND epoch = ? ORDER BY seq DESC, fault IS NOT NULL LIMIT 1').get(device, epoch)
}

/** The hashes under which an entry is here. */
export function remoteHashes(db: WorkDatabase, { device, epoch, seq }: RemoteChain & { seq: number }): string[] {
  return sql<{ hash: string }>(db, 'SELECT hash FROM remote_audit WHERE device = ? AND epoch = ? AND seq = ?').all(device, epoch, seq).map(({ hash }) => hash)
}

export function insertRemoteEntry(db: WorkDatabase, entry: StoredAuditEntry, fault: string | undefined): void {
  sql(db, `INSERT INTO remote_audit (epoch, seq, device, prev, type, task_id, payload, payload_hash, wall, monotonic_ms, hash, signature, twin, fault)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM remote_audit WHERE device = ? AND epoch = ? AND seq = ?), ?)`).run(entry.epoch, entry.seq, entry.device, entry.prev, entry.type, taskIdIn(entry.payload) ?? null,
    entry.payload, entry.payloadHash, entry.wall, entry.monotonicMs, entry.hash, entry.signature, entry.device, entry.epoch, entry.seq, fault ?? null)
}

function taskIdIn(payload: string): string | undefined {
  const { taskId } = (JSON.parse(payload) ?? {}) as { taskId?: unknown }
  return TaskIdSchema.safeParse(taskId).data
}

const COLUMNS = 'epoch, seq, device, prev, type, payload, payload_hash AS payloadHash, wall, monotonic_ms AS monotonicMs, hash, signature'

/** The numbers of a chain under which the orchestrator told of different entries. */
export function remoteTwins(db: WorkDatabase, { device, epoch }: RemoteChain): number[] {
  return sql<{ seq: number }>(db, 'SELECT DISTINCT seq FROM remote_audit WHERE device = ? AND epoch = ? AND twin > 0 ORDER BY seq').all(device, epoch).map(({ seq }) => seq)
}

/** A run of a chain's entries after a number, the first that came with each. */
export function remoteRun(db: WorkDatabase, { device, epoch }: RemoteChain, seq: number, limit: number): StoredAuditEntry[] {
  return sql<StoredAuditEntry>(db, `SELECT ${COLUMNS} FROM remote_audit WHERE device = ? AND epoch = ? AND seq > ? AND twin = 0 ORDER BY seq LIMIT ?`).all(device, epoch, seq, limit)
}

/** Every chain of which there is an entry, by one seek each. */
export function remoteChains(db: WorkDatabase): RemoteChain[] {
  const next = sql<RemoteChain>(db, 'SELECT device, epoch FROM remote_audit WHERE (device, epoch) > (?, ?) ORDER BY device, epoch LIMIT 1')
  const chains: RemoteChain[] = []
  for (let chain = next.get('', 0); chain !== undefined; chain = next.get(chain.device, chain.epoch)) chains.push(chain)
  return chains
}

export function remoteEntryCount(db: WorkDatabase): number {
  return sql<{ count: number }>(db, 'SELECT count(*) AS count FROM remote_audit').get()?.count ?? 0
}

/** Keeps a receipt. One that `covers` what earlier ones speak of takes their place. */
export function putRemoteReceipt(db: WorkDatabase, receipt: AuditReceipt, covers: boolean): void {
  const { device, epoch, size, head } = receipt
  if (covers) sql(db, `DELETE FROM remote_audit_receipts WHERE device = ? AND epoch = ? AND size < ?
    AND EXISTS (SELECT 1 FROM remote_audit a WHERE a.device = remote_audit_receipts.device AND a.epoch = remote_audit_receipts.epoch AND a.seq = remote_audit_receipts.size AND a.hash = remote_audit_receipts.head)`).run(device, epoch, size)
  sql(db, 'INSERT INTO remote_audit_receipts (device, epoch, size, head, raw) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING').run(device, epoch, size, head, JSON.stringify(receipt))
}

export function remoteReceipts(db: WorkDatabase): AuditReceipt[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM remote_audit_receipts ORDER BY device, epoch, size').all().map(({ raw }) => fromJson(AuditReceiptSchema, raw))
}

/** What a person who may not review has no business to have. */
export function forgetRemoteAudit(db: WorkDatabase): void {
  forgetMeta(db, 'auditFeed')
  for (const table of ['remote_audit', 'remote_audit_receipts', 'remote_devices']) sql(db, `DELETE FROM ${table}`).run()
}
