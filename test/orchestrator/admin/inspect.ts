import { AuditEntrySchema } from '../../../shared/domain/auditEvent.ts'
import type { AuditEntry } from '../../../shared/domain/auditEvent.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { ObjectKeySchema } from '../../../shared/domain/asset.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import { ReceiptSchema } from '../../../shared/domain/receipt.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { SUBMISSION_LIMIT } from '../api/submissionLimit.ts'
import { assetOf, parseJson, taskOf } from '../db/records.ts'
import type { Services } from '../http/services.ts'

/** A submission that the orchestrator holds. `seq` counts from 1 in the order of arrival. */
export interface HeldSubmission {
  submissionId: string
  seq: number
  taskId: string
  revisionId: string
  sha256: string
  objectKey: string
  deviceId: string
  deviceSeq: number
  author: string
  late: boolean
  toReview: boolean
  receipt: Receipt
}

export interface HeldFork {
  device: string
  epoch: number
  seq: number
  heldHash: string
  offeredHash: string
}

/** What tests ask about the orchestrator's state, beyond what workstations may ask. */
export interface Inspection {
  listSubmissions(): Promise<HeldSubmission[]>
  getTask(taskId: string): Promise<Task | undefined>
  getAsset(assetId: string): Promise<Asset | undefined>
  /** The newest entry of a device's chain and how many there are; undefined when there is none. */
  auditHead(device: string, epoch?: number): Promise<{ head: string; size: number } | undefined>
  auditEntries(device: string, epoch?: number): Promise<AuditEntry[]>
  listAuditForks(): Promise<HeldFork[]>
  /** The bytes under an object key, from storage. */
  readObject(key: string): Promise<Buffer | undefined>
}

export function createInspection({ db, objects }: Services): Inspection {
  return {
    async listSubmissions() {
      const rows = await db.selectFrom('submissions').selectAll().orderBy('seq').execute()
      return rows.map(({ id: submissionId, userId: author, late, toReview, receipt, size: _size, receivedAt: _receivedAt, ...row }) => ({
        ...row, submissionId, author, late: late === 1, toReview: toReview === 1, receipt: ReceiptSchema.parse(parseJson(receipt)),
      }))
    },
    async getTask(taskId) {
      const row = await db.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirst()
      return row && taskOf(row)
    },
    async getAsset(assetId) {
      const row = await db.selectFrom('assets').selectAll().where('id', '=', assetId).executeTakeFirst()
      return row && assetOf(row)
    },
    async auditHead(device, epoch = 1) {
      const row = await db.selectFrom('auditEntries').select(['hash', 'seq']).where('device', '=', device).where('epoch', '=', epoch)
        .orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row && { head: row.hash, size: row.seq }
    },
    async auditEntries(device, epoch = 1) {
      const rows = await db.selectFrom('auditEntries').select('entry').where('device', '=', device).where('epoch', '=', epoch).orderBy('seq').execute()
      return rows.map(({ entry }) => AuditEntrySchema.parse(parseJson(entry)))
    },
    listAuditForks: () =>
      db.selectFrom('auditForks').select(['device', 'epoch', 'seq', 'heldHash', 'offeredHash']).orderBy('device').orderBy('epoch').orderBy('seq').execute(),
    readObject: (key) => objects.read(ObjectKeySchema.parse(key), SUBMISSION_LIMIT),
  }
}
