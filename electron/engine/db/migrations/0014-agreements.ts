import type { Migration } from '../migrate.ts'

/**
 * How far several people agree on an image. Tasks of one replica group are the same work; `agreements` are kept by the results that were compared, and
 * `agreement_revisions` says of every result that was looked at which one is its newest (none where nobody else labelled the image).
 */
export const agreements: Migration = {
  version: 14,
  up: (db) => db.exec(`
    ALTER TABLE tasks ADD COLUMN replica_group TEXT;
    UPDATE tasks SET replica_group = (SELECT raw ->> '$.replicaGroup' FROM task_raw WHERE task_id = tasks.id);
    CREATE INDEX tasks_replica_group ON tasks (replica_group) WHERE replica_group IS NOT NULL;
    CREATE TABLE agreements (key TEXT PRIMARY KEY, f1 REAL NOT NULL, raw TEXT NOT NULL) STRICT;
    CREATE TABLE agreement_revisions (revision_id TEXT PRIMARY KEY, agreement TEXT) STRICT, WITHOUT ROWID;
    CREATE INDEX agreement_revisions_of ON agreement_revisions (agreement) WHERE agreement IS NOT NULL;
  `),
}
