import type { Instant } from '../../../../shared/domain/ids.ts'
import type { WorkSince } from '../../../../shared/rpc/diagnostics.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** What was done after an instant: what a database of that time does not hold. */
export function workSince(db: WorkDatabase, at: Instant): WorkSince {
  const edited = sql<{ count: number }>(db, `SELECT count(*) AS count FROM tasks t WHERE journal_seq > frozen_seq
    AND EXISTS (SELECT 1 FROM journal j WHERE j.task_id = t.id AND j.seq = t.journal_seq AND j.at > ?)`).get(at)
  const submitted = sql<{ sent: number; count: number }>(db, `SELECT count(r.submission_id) AS sent, count(*) AS count
    FROM submissions s LEFT JOIN receipts r USING (submission_id) WHERE s.created_at > ?`).get(at)
  const { sent, count } = submitted ?? { sent: 0, count: 0 }
  return { edited: edited?.count ?? 0, unsent: count - sent, sent }
}
