import type { Migration } from '../migrate.ts'

/**
 * The results beside a task's newest one, as the server said last, and which of all of them the work here did not grow from. The latter is derived, and
 * kept so that tasks with another version are found without looking at all of them.
 */
export const versions: Migration = {
  version: 7,
  up: (db) => db.exec(`
    ALTER TABLE tasks ADD COLUMN other_revisions TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE tasks ADD COLUMN foreign_heads TEXT NOT NULL DEFAULT '[]';
    CREATE INDEX tasks_foreign_heads ON tasks (arrival) WHERE foreign_heads <> '[]';
  `),
}
