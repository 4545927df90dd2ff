import type { Migration } from '../migrate.ts'

/**
 * What several devices and people do to one task. A refused submission may be replaced by a later one; revisions that were made elsewhere are kept beside
 * one's own, and `settled_at` says since when the work here counts as grown from them; notices are what a person should know of.
 */
export const coordination: Migration = {
  version: 6,
  up: (db) => db.exec(`
    ALTER TABLE outbox ADD COLUMN replaced_by TEXT REFERENCES submissions (submission_id);
    CREATE TABLE remote_revisions (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, task_id TEXT NOT NULL REFERENCES tasks (id), bytes BLOB NOT NULL, settled_at TEXT
    ) STRICT;
    CREATE INDEX remote_revisions_task ON remote_revisions (task_id, number);
    CREATE TABLE notices (
      number INTEGER PRIMARY KEY, code TEXT NOT NULL, task_id TEXT, details TEXT NOT NULL, at TEXT NOT NULL, dismissed_at TEXT
    ) STRICT;
    CREATE INDEX notices_open ON notices (number) WHERE dismissed_at IS NULL;
  `),
}
