import type { Migration } from '../migrate.ts'

/**
 * Frozen results and their way to the orchestrator. A submission is either in the outbox (waiting or dead) or has a receipt; its revision and
 * commit stay for ever, so that it can be offered again to a server that lost it.
 */
export const submissions: Migration = {
  version: 3,
  up: (db) => db.exec(`
    CREATE TABLE revisions (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, task_id TEXT NOT NULL REFERENCES tasks (id), bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX revisions_task ON revisions (task_id, number);
    CREATE TABLE submissions (
      number INTEGER PRIMARY KEY, submission_id TEXT NOT NULL UNIQUE,
      device TEXT NOT NULL, device_seq INTEGER NOT NULL,
      task_id TEXT NOT NULL REFERENCES tasks (id), revision_id TEXT NOT NULL UNIQUE REFERENCES revisions (id),
      commit_json TEXT NOT NULL, created_at TEXT NOT NULL,
      UNIQUE (device, device_seq)
    ) STRICT;
    CREATE INDEX submissions_task ON submissions (task_id, number);
    CREATE TABLE outbox (
      submission_id TEXT PRIMARY KEY REFERENCES submissions (submission_id),
      state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
      blob_stored INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
      next_attempt_at INTEGER NOT NULL, error TEXT
    ) STRICT;
    CREATE INDEX outbox_due ON outbox (state, next_attempt_at);
    CREATE TABLE receipts (
      submission_id TEXT PRIMARY KEY REFERENCES submissions (submission_id),
      raw TEXT NOT NULL, server_epoch TEXT, server_time TEXT NOT NULL
    ) STRICT;
    CREATE INDEX receipts_time ON receipts (server_time);
    CREATE TABLE server_keys (key_id TEXT PRIMARY KEY, public_key TEXT NOT NULL, remembered_at TEXT NOT NULL) STRICT;
  `),
}
