import { outboxCounts } from '../db/repositories/outbox.ts'
import { statementCounts } from '../db/repositories/statements.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/** How many submissions, reviews and comments wait to be sent, and how many were refused and want a decision. */
export function unsentCounts(db: WorkDatabase): { waiting: number; dead: number } {
  const [submissions, statements] = [outboxCounts(db), statementCounts(db)]
  return { waiting: submissions.waiting + statements.waiting, dead: submissions.dead + statements.dead }
}
