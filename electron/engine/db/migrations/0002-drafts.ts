import type { Migration } from '../migrate.ts'

/** The work in progress: a task's records as they are now, and the journal of every edit that led there. */
export const drafts: Migration = {
  version: 2,
  up: (db) => db.exec(`
    CREATE TABLE draft_records (
      task_id TEXT NOT NULL REFERENCES tasks (id), record_id TEXT NOT NULL, json TEXT NOT NULL,
      PRIMARY KEY (task_id, record_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE journal (
      task_id TEXT NOT NULL REFERENCES tasks (id), seq INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')), name TEXT, target INTEGER, at TEXT NOT NULL, diff TEXT NOT NULL,
      PRIMARY KEY (task_id, seq),
      CHECK ((kind = 'edit') = (name IS NOT NULL) AND (kind = 'edit') = (target IS NULL))
    ) STRICT, WITHOUT ROWID;
  `),
}
