import { join } from 'node:path'
import { makeCheckpoint } from '../audit/checkpoint.ts'
import { exportAudit } from '../audit/exportAudit.ts'
import { auditEpochs, auditHead, auditReceipts, auditRun, auditSize } from '../db/repositories/auditLog.ts'
import { serverKey } from '../db/repositories/receipts.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

/**
 * Writes the whole audit log as it is now into `directory`, for anybody to verify; what is appended meanwhile is left out.
 * @returns the file's path and how many entries it holds. @throws the signal's reason; Error when the file cannot be written.
 */
export async function exportAuditLog(context: WorkContext, directory: string, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<{ file: string; entries: number }> {
  const { db, key, clock } = context
  const exportedAt = instantNow(clock)
  const file = join(directory, `fieldmark-audit-${exportedAt.replaceAll(':', '-').replace(/\..*$/, '')}.jsonl`)
  const { hash, ...end } = auditHead(db)
  if (hash === undefined) throw new Error('The newest audit epoch has no entry')
  const epochs = auditEpochs(db).map((epoch) => ({ ...epoch, size: auditSize(db, epoch.epoch) }))
  const total = epochs.reduce((sum, { size }) => sum + size, 0)
  const entries = await exportAudit({
    exportedAt, epochs, receipts: auditReceipts(db), checkpoint: makeCheckpoint(key, { ...end, hash }, exportedAt),
    entriesAfter: (epoch, seq, limit) => auditRun(db, epoch, seq, limit), serverKey: (id) => serverKey(db, id),
  }, file, (done) => { onProgress(done, total) }, signal)
  return { file, entries }
}
