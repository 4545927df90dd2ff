import type { Migration } from '../migrate.ts'

/** The right answers to gold tasks, which only reviewers have, and the scores that this person may know. */
export const gold: Migration = {
  version: 12,
  up: (db) => db.exec(`
    CREATE TABLE gold_answers (task_id TEXT PRIMARY KEY, raw TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
    CREATE TABLE gold_scores (
      revision_id TEXT PRIMARY KEY, task_id TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, f1 REAL NOT NULL, raw TEXT NOT NULL, seq INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX gold_scores_task ON gold_scores (task_id);
  `),
}
