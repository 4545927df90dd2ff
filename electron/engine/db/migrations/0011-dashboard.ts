import type { Migration } from '../migrate.ts'

/**
 * What the dashboard counts by, so that it reads neither journals nor revisions. `edit_slots` says how many lines were written into the journals here in each
 * quarter of an hour (number since 1970), for every time zone begins its days at one; `revision_predictions` what became of predicted shapes in a revision,
 * by the tenth of their confidence. The facts of revisions that are there are derived anew at the next opening, with the latter.
 */
export const dashboard: Migration = {
  version: 11,
  up: (db) => db.exec(`
    CREATE TABLE edit_slots (
      slot INTEGER NOT NULL, project_id TEXT NOT NULL, person TEXT NOT NULL, edits INTEGER NOT NULL, PRIMARY KEY (slot, project_id, person)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO edit_slots (slot, project_id, person, edits)
      SELECT unixepoch(j.at) / 900, t.project_id, coalesce((SELECT value ->> '$.id' FROM meta WHERE key = 'user'), 'nobody'), count(*)
      FROM journal j JOIN tasks t ON t.id = j.task_id GROUP BY 1, 2;
    CREATE TABLE revision_predictions (
      revision_id TEXT NOT NULL, tenth INTEGER NOT NULL, accepted INTEGER NOT NULL, edited INTEGER NOT NULL, rejected INTEGER NOT NULL, PRIMARY KEY (revision_id, tenth)
    ) STRICT, WITHOUT ROWID;
    DELETE FROM revision_facts;
    DELETE FROM revision_classes;
  `),
}
