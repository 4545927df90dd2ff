import type { Instant, ServerKeyId, SubmissionId, TaskId } from '../../../../shared/domain/ids.ts'
import { ReceiptSchema } from '../../../../shared/domain/receipt.ts'
import type { Receipt } from '../../../../shared/domain/receipt.ts'
import type { ReceiptRow } from '../../../../shared/rpc/syncStatus.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Keeps a verified receipt and the server epoch it came from, if that is known. */
export function insertReceipt(db: WorkDatabase, receipt: Receipt, serverEpoch: string | undefined): void {
  change(db, 1, 'INSERT INTO receipts (submission_id, raw, server_epoch, server_time) VALUES (?, ?, ?, ?)',
    receipt.submissionId, JSON.stringify(receipt), serverEpoch ?? null, receipt.serverTime)
}

export function findReceipt(db: WorkDatabase, id: SubmissionId): Receipt | undefined {
  const row = sql<{ raw: string }>(db, 'SELECT raw FROM receipts WHERE submission_id = ?').get(id)
  return fromNullableJson(ReceiptSchema, row?.raw ?? null)
}

/** Receipts of a task, oldest first. */
export function receiptsOf(db: WorkDatabase, taskId: TaskId): Receipt[] {
  return sql<{ raw: string }>(db, 'SELECT r.raw FROM receipts r JOIN submissions s USING (submission_id) WHERE s.task_id = ? ORDER BY s.number').all(taskId)
    .map(({ raw }) => fromJson(ReceiptSchema, raw))
}

/** A page of all receipts, newest first. */
export function receiptRows(db: WorkDatabase, offset: number, limit: number): { total: number; rows: ReceiptRow[] } {
  const total = sql<{ count: number }>(db, 'SELECT count(*) AS count FROM receipts').get()?.count ?? 0
  const rows = sql<{ raw: string; name: string }>(db, `SELECT r.raw, t.name FROM receipts r JOIN submissions s USING (submission_id) JOIN tasks t ON t.id = s.task_id
    ORDER BY r.server_time DESC, s.number DESC LIMIT ? OFFSET ?`).all(limit, offset)
  return {
    total,
    rows: rows.map(({ raw, name }) => {
      const { submissionId, taskId, sha256, late, serverTime } = fromJson(ReceiptSchema, raw)
      return { submissionId, taskId, name, sha256, late, serverTime }
    }),
  }
}

/** Receipts that came before the first pull told the server's epoch belong to that epoch. */
export function adoptServerEpoch(db: WorkDatabase, epoch: string): void {
  sql(db, 'UPDATE receipts SET server_epoch = ? WHERE server_epoch IS NULL').run(epoch)
}

/** Takes out the receipts that came from another server epoch than this one: that server's memory of them is gone. */
export function takeReceiptsOfOtherEpochs(db: WorkDatabase, epoch: string): Receipt[] {
  return sql<{ raw: string }>(db, 'DELETE FROM receipts WHERE server_epoch IS NOT ? RETURNING raw').all(epoch).map(({ raw }) => fromJson(ReceiptSchema, raw))
}

/** The server's public key of an id, SPKI in PEM. */
export function serverKey(db: WorkDatabase, id: ServerKeyId): string | undefined {
  return sql<{ publicKey: string }>(db, 'SELECT public_key AS publicKey FROM server_keys WHERE key_id = ?').get(id)?.publicKey
}

export function insertServerKey(db: WorkDatabase, id: ServerKeyId, publicKey: string, at: Instant): void {
  change(db, 1, 'INSERT INTO server_keys (key_id, public_key, remembered_at) VALUES (?, ?, ?)', id, publicKey, at)
}
