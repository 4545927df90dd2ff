import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { VerifyReport } from '../../../shared/rpc/history.ts'
import type { AuditCheckpoint } from '../audit/checkpoint.ts'
import { sha256 } from '../audit/hashing.ts'
import { checkByCopy } from '../db/checkCopy.ts'
import { auditEntryCount } from '../db/repositories/auditLog.ts'
import { countRevisions, revisionRun } from '../db/repositories/revisions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { verifyStoredAudit } from './verifyStoredAudit.ts'

/** Revisions hashed in one go. */
const RUN = 20

export interface VerifyPorts {
  db: WorkDatabase
  /** Cached objects, of one task's image or all: how many there are, and whether they hash to their names. `onChecked` is told how many are done. */
  objects: {
    count(taskId: TaskId | undefined): number
    verify(taskId: TaskId | undefined, signal: AbortSignal, onChecked: (done: number) => void): Promise<VerifyReport['objects']>
  }
  /** How many audit entries, revisions and objects are checked, of how many; the database counts as one of them. */
  onProgress: (done: number, total: number) => void
  /** What the device wrote down beside the database of how far its chain goes; undefined when there is nothing. */
  checkpoint: () => AuditCheckpoint | undefined
}

/**
 * Checks everything that can be checked without a network: the audit chain, the database, the revisions of a task (or all) and cached objects.
 * The event loop is let go between small portions. @throws the signal's reason when it is aborted.
 */
export async function verifyWorkspace({ db, objects, onProgress, checkpoint }: VerifyPorts, taskId: TaskId | undefined, signal: AbortSignal): Promise<VerifyReport> {
  const entryCount = auditEntryCount(db)
  const revisionCount = countRevisions(db, taskId)
  const total = entryCount + 1 + revisionCount + objects.count(taskId)
  const toldAfter = (before: number) => (done: number) => { onProgress(Math.min(before + done, total), total) }
  onProgress(0, total)
  const audit = await verifyStoredAudit(db, toldAfter(0), signal, checkpoint())
  const database = await checkByCopy(db, signal)
  const revisions = await verifyRevisions(db, taskId, signal, toldAfter(entryCount + 1))
  const images = await objects.verify(taskId, signal, toldAfter(entryCount + 1 + revisionCount))
  onProgress(total, total)
  const ok = audit.faults.length === 0 && database.integrity.length === 0 && database.foreignKeys === 0
    && revisions.damaged.length === 0 && images.damaged.length === 0
  return { ok, audit, database, revisions, objects: images }
}

async function verifyRevisions(db: WorkDatabase, taskId: TaskId | undefined, signal: AbortSignal, onChecked: (done: number) => void): Promise<VerifyReport['revisions']> {
  const result = { checked: 0, damaged: [] as string[] }
  for (let after = 0; ;) {
    const run = revisionRun(db, after, RUN, taskId)
    if (run.length === 0) return result
    for (const { id, bytes } of run) if (sha256(bytes) !== id) result.damaged.push(id)
    result.checked += run.length
    onChecked(result.checked)
    after = run.at(-1)?.number ?? after
    await nextTurn(undefined, { signal })
  }
}
