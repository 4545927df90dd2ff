import type { Migration } from '../migrate.ts'

/**
 * The audit chains of other people's devices, as the orchestrator holds them: columns and indexes as in `audit`, and `fault` says what was found wrong when an
 * entry arrived. An entry that contradicts one that is here is kept beside it as its `twin`, which the first one is with 0.
 */
export const remoteAudit: Migration = {
  version: 13,
  up: (db) => db.exec(`
    CREATE TABLE remote_devices (device TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, public_key TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE remote_audit (
      epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
      device TEXT NOT NULL, prev TEXT NOT NULL, type TEXT NOT NULL, task_id TEXT, payload TEXT NOT NULL, payload_hash TEXT NOT NULL,
      wall TEXT NOT NULL, monotonic_ms REAL NOT NULL, hash TEXT NOT NULL, signature TEXT NOT NULL, twin INTEGER NOT NULL, fault TEXT,
      actor TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(payload) THEN coalesce(payload ->> '$.actor', '') ELSE '' END) VIRTUAL,
      PRIMARY KEY (device, epoch, seq, twin)
    ) STRICT;
    CREATE INDEX remote_audit_time ON remote_audit (wall, device, epoch, seq);
    CREATE INDEX remote_audit_facets ON remote_audit (actor, device, type, wall, epoch, seq);
    CREATE INDEX remote_audit_task ON remote_audit (task_id, wall, device, epoch, seq) WHERE task_id IS NOT NULL;
    CREATE TABLE remote_audit_receipts (
      device TEXT NOT NULL, epoch INTEGER NOT NULL, size INTEGER NOT NULL, head TEXT NOT NULL, raw TEXT NOT NULL, PRIMARY KEY (device, epoch, size, head)
    ) STRICT, WITHOUT ROWID;
  `),
}
