import { z } from 'zod'
import { AuditReceiptSchema } from '../../../shared/domain/auditEvent.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { fromJson } from './json.ts'
import { Database } from './sqlite.ts'

const EpochRowSchema = z.object({
  epoch: z.int(), device: z.string(), public_key: z.string(),
  /** Columns of later versions than the first one that has a log. */
  acknowledged: z.int().default(0), forked_at: z.string().nullable().default(null),
}).transform(({ public_key: publicKey, forked_at: forkedAt, ...epoch }) => ({ ...epoch, publicKey, forkedAt }))

const EntryRowSchema = z.object({
  epoch: z.int(), seq: z.int(), device: z.string(), prev: z.string(), type: z.string(), payload: z.string(), payloadHash: z.string(),
  wall: z.string(), monotonicMs: z.number(), hash: z.string(), signature: z.string(),
})
type EntryRow = z.infer<typeof EntryRowSchema>

/** The audit log in a database that is not this workspace's. */
interface AuditCopy {
  entries: number
  log: {
    epochs: z.infer<typeof EpochRowSchema>[]
    receipts: AuditReceipt[]
    runs(epoch: number): Generator<EntryRow[]>
    serverKey(id: string): string | undefined
  }
  close(): void
}

const RUN = 50

/**
 * Opens a copied work database of any version to read its audit log. Nothing of it is believed, and its schema is not brought up to date: that takes long
 * and could fail on what was tampered with. @throws RpcError validationFailed when there is no readable audit log in it.
 */
export function openAuditCopy(path: string): AuditCopy {
  const db = new Database(path, { fileMustExist: true })
  try {
    db.pragma('trusted_schema = OFF')
    const epochs = db.prepare('SELECT * FROM audit_epochs ORDER BY epoch').all().map((row) => EpochRowSchema.parse(row))
    const receipts = db.prepare<[], { raw: string }>('SELECT raw FROM audit_receipts ORDER BY epoch, size').all().map(({ raw }) => fromJson(AuditReceiptSchema, raw))
    const entries = db.prepare(`SELECT epoch, seq, device, prev, type, payload, payload_hash AS payloadHash, wall, monotonic_ms AS monotonicMs, hash, signature
      FROM audit WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ${RUN}`)
    const key = db.prepare<[string], { publicKey: string }>('SELECT public_key AS publicKey FROM server_keys WHERE key_id = ?')
    function* runs(epoch: number): Generator<EntryRow[]> {
      for (let seq = -1; ;) {
        const run = entries.all(epoch, seq).map((row) => EntryRowSchema.parse(row))
        if (run.length === 0) return
        yield run
        seq = run.at(-1)?.seq ?? seq
      }
    }
    const count = db.prepare('SELECT count(*) FROM audit').pluck().get() as number
    return { entries: count, log: { epochs, receipts, runs, serverKey: (id) => key.get(id)?.publicKey }, close: () => { db.close() } }
  } catch (error) {
    db.close()
    throw new RpcError('validationFailed', `${path} holds no readable audit log: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
