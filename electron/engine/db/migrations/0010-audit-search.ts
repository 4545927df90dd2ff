import type { Migration } from '../migrate.ts'

/**
 * Lets the audit log be searched by person, device, kind, task and time, newest first. `actor` is who did it, empty where it was nobody; a payload that
 * was tampered with must not break a query.
 */
export const auditSearch: Migration = {
  version: 10,
  up: (db) => db.exec(`
    ALTER TABLE audit ADD COLUMN actor TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(payload) THEN coalesce(payload ->> '$.actor', '') ELSE '' END) VIRTUAL;
    CREATE INDEX audit_time ON audit (wall, device, epoch, seq);
    CREATE INDEX audit_facets ON audit (actor, device, type, wall, epoch, seq);
    DROP INDEX audit_task;
    CREATE INDEX audit_task ON audit (task_id, wall, device, epoch, seq) WHERE task_id IS NOT NULL;
  `),
}
