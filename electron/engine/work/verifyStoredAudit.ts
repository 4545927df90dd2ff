import type { AuditFindings } from '../../../shared/rpc/history.ts'
import type { UncheckedEntry } from '../audit/checkEntries.ts'
import { withCheckThreads } from '../audit/checkThreads.ts'
import type { AuditCheckpoint } from '../audit/checkpoint.ts'
import { AUDIT_RUN, verifyAudit } from '../audit/verifyAudit.ts'
import { auditEntryCount, auditEpochs, auditReceipts, auditRun } from '../db/repositories/auditLog.ts'
import { serverKey } from '../db/repositories/receipts.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/** So many entries are checked in less than a second: threads are not worth starting for them. */
export const FEW_ENTRIES = 4000

/** Checks the audit chain as it is stored; a long one in threads of its own. @throws the signal's reason when it is aborted. */
export function verifyStoredAudit(db: WorkDatabase, onProgress: (entries: number) => void, signal: AbortSignal, checkpoint?: AuditCheckpoint): Promise<AuditFindings> {
  const source = {
    checkpoint, epochs: auditEpochs(db), receipts: auditReceipts(db), runs: (epoch: number) => runsOf(db, epoch), serverKey: (id: Parameters<typeof serverKey>[1]) => serverKey(db, id),
  }
  if (auditEntryCount(db) <= FEW_ENTRIES) return verifyAudit(source, { onProgress, signal })
  return withCheckThreads((check) => verifyAudit(source, { check, onProgress, signal }))
}

function* runsOf(db: WorkDatabase, epoch: number): Generator<UncheckedEntry[]> {
  for (let seq = 0; ;) {
    const run = auditRun(db, epoch, seq, AUDIT_RUN)
    if (run.length === 0) return
    yield run
    seq = run.at(-1)?.seq ?? seq
  }
}
