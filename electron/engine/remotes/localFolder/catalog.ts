import type { Database, Statement } from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ChangeSchema, type Change } from '../../../../shared/api/records.ts'
import { PixelSizeSchema, StoredPyramidSchema } from '../../../../shared/domain/asset.ts'
import { AuditEntrySchema, type AuditEntry } from '../../../../shared/domain/auditEvent.ts'
import { AssetIdSchema, RevisionIdSchema, SchemaHashSchema, Sha256Schema, TaskIdSchema, type AssetId, type SubmissionId, type TaskId } from '../../../../shared/domain/ids.ts'
import { ReceiptSchema, type Receipt } from '../../../../shared/domain/receipt.ts'
import { openCatalogDatabase } from './catalogDatabase.ts'

/** JSON in a column that may be NULL. */
function jsonColumn<T extends z.ZodType>(schema: T) {
  return z.string().nullable().transform((text): z.output<T> | undefined => (text === null ? undefined : schema.parse(JSON.parse(text))))
}

const PictureSchema = z.object({
  assetId: AssetIdSchema,
  taskId: TaskIdSchema,
  path: z.string(),
  sha256: Sha256Schema,
  size: z.int(),
  mtimeMs: z.number(),
  width: z.int(),
  height: z.int(),
  mediaType: z.string(),
  schemaHash: SchemaHashSchema,
  headRevision: RevisionIdSchema.nullable(),
  tileSource: jsonColumn(StoredPyramidSchema),
  pixelSize: jsonColumn(PixelSizeSchema),
  gone: z.union([z.boolean(), z.int().transform((value) => value === 1)]),
})
/** A picture of the folder and its task. `tileSource` is set for a pyramid, whose manifest `sha256` and `size` are of; `headRevision` is set once the task was submitted; `gone`: the file is not there any more. */
export type Picture = z.output<typeof PictureSchema>

const PICTURES = `SELECT asset_id AS assetId, task_id AS taskId, path, sha256, size, mtime_ms AS mtimeMs, width, height, media_type AS mediaType,
  schema_hash AS schemaHash, head_revision AS headRevision, tile_source AS tileSource, pixel_size AS pixelSize, gone FROM pictures`

type NewChange = Change extends infer C ? (C extends Change ? Omit<C, 'seq'> : never) : never

/** What the local orchestrator remembers. Methods that write are called inside `write`, which is one durable transaction. */
export class Catalog {
  readonly #db: Database
  readonly #statements = new Map<string, Statement>()
  /** Another one than last time means that the catalog was made anew. */
  readonly epoch: string

  constructor(path: string) {
    this.#db = openCatalogDatabase(path)
    this.epoch = this.write(() => this.setting('epoch') ?? this.setSetting('epoch', randomUUID()))
  }

  close(): void {
    this.#db.close()
  }

  write<T>(work: () => T): T {
    return this.#db.transaction(work).immediate()
  }

  setting(name: string): string | undefined {
    return z.string().optional().parse(this.#sql('SELECT value FROM settings WHERE name = ?').pluck().get(name))
  }

  setSetting(name: string, value: string): string {
    this.#sql('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(name, value)
    return value
  }

  present(): Picture[] {
    return this.#sql(`${PICTURES} WHERE gone = 0`).all().map((row) => PictureSchema.parse(row))
  }

  atPath(path: string): Picture | undefined {
    return this.#picture(`${PICTURES} WHERE path = ? AND gone = 0`, path)
  }

  byAsset(assetId: AssetId): Picture | undefined {
    return this.#picture(`${PICTURES} WHERE asset_id = ?`, assetId)
  }

  byTask(taskId: TaskId): Picture | undefined {
    return this.#picture(`${PICTURES} WHERE task_id = ?`, taskId)
  }

  withContent(sha256: string): Picture[] {
    return this.#sql(`${PICTURES} WHERE sha256 = ? ORDER BY gone DESC, path`).all(sha256).map((row) => PictureSchema.parse(row))
  }

  putPicture(picture: Picture): void {
    const { assetId, taskId, path, sha256, size, mtimeMs, width, height, mediaType, schemaHash, headRevision, tileSource, pixelSize, gone } = picture
    const values = [assetId, taskId, path, sha256, size, mtimeMs, width, height, mediaType, schemaHash, headRevision, gone ? 1 : 0, textOf(tileSource), textOf(pixelSize)]
    this.#sql('INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...values)
  }

  append(change: NewChange): void {
    this.#sql('INSERT INTO changes (change) VALUES (?)').run(JSON.stringify(change))
  }

  changesAfter(seq: number, limit: number): Change[] {
    const rows = this.#sql('SELECT seq, change FROM changes WHERE seq > ? ORDER BY seq LIMIT ?').all(seq, limit)
    return z.array(z.object({ seq: z.int(), change: z.string() })).parse(rows).map((row) => ChangeSchema.parse({ ...(JSON.parse(row.change) as object), seq: row.seq }))
  }

  lastSeq(): number {
    return z.int().parse(this.#sql('SELECT coalesce(max(seq), 0) FROM changes').pluck().get())
  }

  receipt(submissionId: SubmissionId): Receipt | undefined {
    const text = this.#sql('SELECT receipt FROM submissions WHERE submission_id = ?').pluck().get(submissionId)
    return text === undefined ? undefined : ReceiptSchema.parse(JSON.parse(z.string().parse(text)))
  }

  nextSubmissionSeq(): number {
    return z.int().parse(this.#sql('SELECT coalesce(max(seq), 0) + 1 FROM submissions').pluck().get())
  }

  putReceipt(receipt: Receipt): void {
    this.#sql('INSERT INTO submissions (seq, submission_id, receipt) VALUES (?, ?, ?)').run(receipt.seq, receipt.submissionId, JSON.stringify(receipt))
  }

  publicKey(deviceId: string): string | undefined {
    return z.string().optional().parse(this.#sql('SELECT public_key FROM devices WHERE device_id = ?').pluck().get(deviceId))
  }

  putDevice(deviceId: string, publicKey: string): void {
    this.#sql('INSERT INTO devices (device_id, public_key) VALUES (?, ?)').run(deviceId, publicKey)
  }

  auditEntry(device: string, epoch: number, seq: number): AuditEntry | undefined {
    const text = this.#sql('SELECT entry FROM audit WHERE device = ? AND epoch = ? AND seq = ?').pluck().get(device, epoch, seq)
    return text === undefined ? undefined : AuditEntrySchema.parse(JSON.parse(z.string().parse(text)))
  }

  auditSize(device: string, epoch: number): number {
    return z.int().parse(this.#sql('SELECT coalesce(max(seq), 0) FROM audit WHERE device = ? AND epoch = ?').pluck().get(device, epoch))
  }

  putAuditEntry(entry: AuditEntry): void {
    const { device, epoch, seq, hash } = entry
    this.#sql('INSERT INTO audit (device, epoch, seq, hash, entry) VALUES (?, ?, ?, ?, ?)').run(device, epoch, seq, hash, JSON.stringify(entry))
  }

  #picture(text: string, parameter: string): Picture | undefined {
    const row = this.#sql(text).get(parameter)
    return row === undefined ? undefined : PictureSchema.parse(row)
  }

  #sql(text: string): Statement {
    const prepared = this.#statements.get(text) ?? this.#db.prepare(text)
    this.#statements.set(text, prepared)
    return prepared
  }
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
