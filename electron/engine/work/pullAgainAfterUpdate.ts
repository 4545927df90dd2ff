import { forgetMeta, readMeta, writeMeta } from '../db/repositories/meta.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/**
 * Records that one program refused may be of a newer kind that the next one knows, and the cursor has passed them: another version pulls from the
 * start once. What is held already does not change by that.
 */
export function pullAgainAfterUpdate(db: WorkDatabase, appVersion: string): void {
  if (readMeta(db, 'appVersion') === appVersion) return
  inTransaction(db, () => {
    writeMeta(db, 'appVersion', appVersion)
    if (readMeta(db, 'hasRefusedRecords') !== true) return
    forgetMeta(db, 'hasRefusedRecords')
    forgetMeta(db, 'pull')
  })
}
