import type { Migration } from '../migrate.ts'

/**
 * What the orchestrator told: each record as it was received (`raw`), and beside it what the queue filters and sorts by. `task_search` is apart and slim, so that
 * looking through every task's text reads few pages. References between
 * server records are not foreign keys, because pages bring them in any order. `arrival` is the order in which tasks came.
 */
export const serverRecords: Migration = {
  version: 1,
  up: (db) => db.exec(`
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE projects (id TEXT PRIMARY KEY, raw TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
    CREATE TABLE label_schemas (hash TEXT PRIMARY KEY, raw TEXT NOT NULL, problem TEXT) STRICT;
    CREATE TABLE assets (
      id TEXT PRIMARY KEY, raw TEXT NOT NULL, seq INTEGER NOT NULL,
      prefetch TEXT NOT NULL DEFAULT 'missing', problem TEXT,
      sha256 TEXT GENERATED ALWAYS AS (raw ->> '$.sha256') STORED
    ) STRICT;
    CREATE INDEX assets_sha256 ON assets (sha256);
    CREATE TABLE tasks (
      arrival INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      project_id TEXT NOT NULL, asset_id TEXT NOT NULL, schema_hash TEXT NOT NULL,
      state TEXT NOT NULL, head_revision TEXT, seq INTEGER NOT NULL,
      standing TEXT NOT NULL,
      priority INTEGER NOT NULL, due_at TEXT,
      name TEXT NOT NULL, tags TEXT NOT NULL,
      prefetch TEXT NOT NULL DEFAULT 'missing', problem TEXT,
      shape_count INTEGER NOT NULL DEFAULT 0,
      journal_seq INTEGER NOT NULL DEFAULT 0,
      frozen_seq INTEGER NOT NULL DEFAULT 0,
      time_on_task_ms REAL NOT NULL DEFAULT 0,
      updated_at TEXT NOT NULL,
      rank INTEGER GENERATED ALWAYS AS (-priority) VIRTUAL,
      due_key TEXT GENERATED ALWAYS AS (coalesce(due_at, '9999')) VIRTUAL,
      standing_order INTEGER GENERATED ALWAYS AS (CASE standing
        WHEN 'returned' THEN 0 WHEN 'inProgress' THEN 1 WHEN 'new' THEN 2 WHEN 'refused' THEN 3 WHEN 'queued' THEN 4
        WHEN 'submitted' THEN 5 WHEN 'accepted' THEN 6 WHEN 'released' THEN 7 ELSE 8 END) VIRTUAL
    ) STRICT;
    CREATE INDEX tasks_queue ON tasks (rank, due_key, arrival, standing, project_id);
    CREATE INDEX tasks_name ON tasks (name COLLATE NOCASE, arrival);
    CREATE INDEX tasks_standing ON tasks (standing_order, arrival, standing, project_id);
    CREATE INDEX tasks_asset ON tasks (asset_id);
    CREATE INDEX tasks_schema ON tasks (schema_hash);
    CREATE INDEX tasks_priority ON tasks (priority, arrival);
    CREATE INDEX tasks_due ON tasks (due_key, arrival);
    CREATE INDEX tasks_prefetch ON tasks (prefetch, rank, due_key, arrival, standing, asset_id);
    CREATE TABLE task_raw (task_id TEXT PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE, raw TEXT NOT NULL) STRICT;
    CREATE TABLE task_search (arrival INTEGER PRIMARY KEY REFERENCES tasks (arrival) ON DELETE CASCADE, text TEXT NOT NULL) STRICT;
    CREATE TABLE task_tags (
      key TEXT NOT NULL, value TEXT NOT NULL, arrival INTEGER NOT NULL REFERENCES tasks (arrival) ON DELETE CASCADE,
      PRIMARY KEY (key, value, arrival)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX task_tags_arrival ON task_tags (arrival);
    CREATE TABLE predictions (id TEXT PRIMARY KEY, task_id TEXT NOT NULL, raw TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
    CREATE INDEX predictions_task ON predictions (task_id);
    CREATE TABLE reviews (id TEXT PRIMARY KEY, task_id TEXT NOT NULL, raw TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
    CREATE INDEX reviews_task ON reviews (task_id);
  `),
}
