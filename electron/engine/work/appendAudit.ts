import type { AuditPayload, AuditType } from '../../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { makeEntry } from '../audit/makeEntry.ts'
import { auditHead, insertAuditEntry } from '../db/repositories/auditLog.ts'
import { putNotice } from '../db/repositories/notices.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { noticeOf } from './noticeOf.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

const listeners = new WeakMap<WorkDatabase, () => void>()

/** Calls `listener` at each entry that is appended, still inside its transaction; it must be quick and must not throw. One for each connection. */
export function onAuditEntry(db: WorkDatabase, listener: () => void): void {
  listeners.set(db, listener)
}

/** Appends one signed entry to the device's audit chain, in the transaction of what it records, and a notice where a person should know of it. @throws Error outside a transaction. */
export function appendAudit({ db, key, clock }: Pick<WorkContext, 'db' | 'key' | 'clock'>, type: AuditType, payload: AuditPayload): void {
  if (!db.inTransaction) throw new Error('An audit entry belongs into the transaction of what it records')
  const wall = instantNow(clock)
  const entry = makeEntry(key, auditHead(db), type, payload, { wall, monotonicMs: clock.monotonic() })
  insertAuditEntry(db, entry, canonicalJson(payload))
  const notice = noticeOf(type, payload)
  if (notice !== undefined) putNotice(db, notice, wall)
  listeners.get(db)?.()
}
