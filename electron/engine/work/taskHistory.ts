import type { TaskId } from '../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { AuditRow, RevisionRow } from '../../../shared/rpc/history.ts'
import { fromJson } from '../db/json.ts'
import { auditEpochs, auditOfTask } from '../db/repositories/auditLog.ts'
import { receiptsOf } from '../db/repositories/receipts.ts'
import { revisionsOf } from '../db/repositories/revisions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { requireTask } from './requireTask.ts'

/** A task's revisions and audit events, oldest first, with what the server has acknowledged of each. @throws RpcError notFound. */
export function taskHistory(db: WorkDatabase, taskId: TaskId): { revisions: RevisionRow[]; events: AuditRow[] } {
  requireTask(db, taskId)
  const receiptAt = new Map(receiptsOf(db, taskId).map(({ revisionId, serverTime }) => [revisionId, serverTime]))
  const sizes = new Map(auditEpochs(db).map(({ epoch, acknowledged }) => [epoch, acknowledged]))
  return {
    revisions: revisionsOf(db, taskId).map(({ id, bytes }) => {
      const { parents, author, device, createdAt, timeOnTaskMs, journalLength, outcome, shapes } = fromJson(RevisionSchema, Buffer.from(bytes).toString())
      const at = receiptAt.get(id)
      return { id, parents, author, device, createdAt, timeOnTaskMs, journalLength, outcome: outcome.kind, shapeCount: shapes.length, ...(at === undefined ? {} : { receiptAt: at }) }
    }),
    events: auditOfTask(db, taskId).map(({ epoch, seq, type, wall, payload, hash }) => ({
      epoch, seq, type, wall, hash, details: payload.details, acknowledged: seq <= (sizes.get(epoch) ?? 0), ...(payload.actor === undefined ? {} : { actor: payload.actor }),
    })),
  }
}
