import type { Migration } from '../migrate.ts'

/** Since when an audit epoch is another person's than the one who works here: it stays, and is not offered under the new name. */
export const auditEpochsLeft: Migration = {
  version: 8,
  up: (db) => db.exec('ALTER TABLE audit_epochs ADD COLUMN left_at TEXT'),
}
