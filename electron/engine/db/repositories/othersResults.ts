import type { UserId } from '../../../../shared/domain/ids.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Tasks of a person, and those with work here: what stands beside that work is theirs to see. */
const OWN_TASKS = 'SELECT t.id FROM tasks t WHERE t.assignee = ? OR t.journal_seq > 0 OR EXISTS (SELECT 1 FROM revisions r WHERE r.task_id = t.id)'

/**
 * Takes away what somebody who reviews no more may not have: the results of others with the journals behind them, what is derived of those, and what others
 * said of tasks that are not the person's.
 */
export function forgetOthersResults(db: WorkDatabase, self: UserId): void {
  for (const table of ['known_revisions', 'received_journals', 'agreement_revisions', 'agreements']) sql(db, `DELETE FROM ${table}`).run()
  sql(db, `DELETE FROM remote_revisions WHERE task_id NOT IN (${OWN_TASKS})`).run(self)
  for (const table of ['revision_facts', 'revision_classes', 'revision_predictions']) {
    sql(db, `DELETE FROM ${table} WHERE revision_id NOT IN (SELECT id FROM revisions) AND revision_id NOT IN (SELECT id FROM remote_revisions)`).run()
  }
  sql(db, `DELETE FROM reviews WHERE raw ->> '$.reviewer' <> ? AND task_id NOT IN (${OWN_TASKS})`).run(self, self)
  sql(db, `DELETE FROM comments WHERE raw ->> '$.author' <> ? AND task_id NOT IN (${OWN_TASKS})`).run(self, self)
}
