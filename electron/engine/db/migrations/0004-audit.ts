import type { Migration } from '../migrate.ts'

/** The device's signed chain of what happened; an epoch is one unbroken chain of one device key. */
export const audit: Migration = {
  version: 4,
  up: (db) => db.exec(`
    CREATE TABLE audit_epochs (
      epoch INTEGER PRIMARY KEY, device TEXT NOT NULL, public_key TEXT NOT NULL, started_at TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit (
      epoch INTEGER NOT NULL REFERENCES audit_epochs (epoch), seq INTEGER NOT NULL,
      device TEXT NOT NULL, prev TEXT NOT NULL, type TEXT NOT NULL, task_id TEXT, payload TEXT NOT NULL, payload_hash TEXT NOT NULL,
      wall TEXT NOT NULL, monotonic_ms REAL NOT NULL, hash TEXT NOT NULL, signature TEXT NOT NULL,
      PRIMARY KEY (epoch, seq)
    ) STRICT;
    CREATE INDEX audit_task ON audit (task_id) WHERE task_id IS NOT NULL;
    CREATE TABLE audit_receipts (
      epoch INTEGER NOT NULL REFERENCES audit_epochs (epoch), size INTEGER NOT NULL, head TEXT NOT NULL, raw TEXT NOT NULL,
      PRIMARY KEY (epoch, size, head)
    ) STRICT, WITHOUT ROWID;
  `),
}
