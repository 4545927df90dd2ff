import type { Migration } from '../migrate.ts'

/**
 * Where each audit epoch stands with the server: how many entries it holds as it last said (less than its receipts say when it was restored from a
 * backup), and since when it is known to hold another continuation of the chain.
 */
export const auditStanding: Migration = {
  version: 5,
  up: (db) => db.exec(`
    ALTER TABLE audit_epochs ADD COLUMN acknowledged INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE audit_epochs ADD COLUMN forked_at TEXT;
    UPDATE audit_epochs SET acknowledged = coalesce((
      SELECT max(r.size) FROM audit_receipts r JOIN audit a ON a.epoch = r.epoch AND a.seq = r.size AND a.hash = r.head WHERE r.epoch = audit_epochs.epoch
    ), 0);
  `),
}
