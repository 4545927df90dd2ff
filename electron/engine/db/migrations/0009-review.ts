import type { Migration } from '../migrate.ts'

/**
 * What reviewing needs. `statements` are reviews and comments that were made here, on their way or acknowledged; `known_revisions` what the orchestrator
 * told of the results of others; `received_journals` the edit journals behind those; `revision_facts` and `revision_classes` are derived from revisions that
 * are here, so that thousands of results are filtered and counted without reading them.
 */
export const review: Migration = {
  version: 9,
  up: (db) => db.exec(`
      ALTER TABLE tasks ADD COLUMN assignee TEXT;
      UPDATE tasks SET assignee = (SELECT raw ->> '$.assignee' FROM task_raw WHERE task_id = tasks.id);
      CREATE TABLE statements (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, task_id TEXT NOT NULL REFERENCES tasks (id),
        kind TEXT NOT NULL, revision_id TEXT, json TEXT NOT NULL, created_at TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'dead', 'acknowledged')),
        attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER NOT NULL, error TEXT, receipt TEXT, server_epoch TEXT,
        CHECK ((state = 'acknowledged') = (receipt IS NOT NULL))
      ) STRICT;
      CREATE INDEX statements_open ON statements (state, next_attempt_at) WHERE state <> 'acknowledged';
      CREATE INDEX statements_task ON statements (task_id, number);
      CREATE TABLE comments (id TEXT PRIMARY KEY, task_id TEXT NOT NULL, raw TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
      CREATE INDEX comments_task ON comments (task_id);
      ALTER TABLE reviews ADD COLUMN revision_id TEXT GENERATED ALWAYS AS (raw ->> '$.revisionId') VIRTUAL;
      CREATE INDEX reviews_revision ON reviews (revision_id);
      CREATE TABLE known_revisions (
        id TEXT PRIMARY KEY, task_id TEXT NOT NULL, author TEXT NOT NULL, received_at TEXT NOT NULL, late INTEGER NOT NULL, raw TEXT NOT NULL, seq INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX known_revisions_time ON known_revisions (received_at, id);
      CREATE INDEX known_revisions_task ON known_revisions (task_id);
      CREATE TABLE received_journals (sha256 TEXT PRIMARY KEY, task_id TEXT NOT NULL REFERENCES tasks (id), bytes BLOB NOT NULL) STRICT;
      ALTER TABLE submissions ADD COLUMN journal_sent TEXT NOT NULL DEFAULT 'waiting' CHECK (journal_sent IN ('waiting', 'sent', 'refused'));
      CREATE INDEX submissions_journal ON submissions (number) WHERE journal_sent = 'waiting';
      CREATE TABLE revision_facts (
        revision_id TEXT PRIMARY KEY, task_id TEXT NOT NULL, author TEXT NOT NULL, device TEXT NOT NULL, created_at TEXT NOT NULL,
        time_on_task_ms REAL NOT NULL, journal_length INTEGER NOT NULL, outcome TEXT NOT NULL,
        shapes INTEGER NOT NULL, from_predictions INTEGER NOT NULL, min_confidence REAL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX revision_facts_task ON revision_facts (task_id);
      CREATE INDEX revision_facts_author ON revision_facts (author, created_at);
      CREATE TABLE revision_classes (revision_id TEXT NOT NULL, class_id TEXT NOT NULL, shapes INTEGER NOT NULL, PRIMARY KEY (class_id, revision_id)) STRICT, WITHOUT ROWID;
    `),
}
