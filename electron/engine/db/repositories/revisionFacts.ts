import type { RevisionId, TaskId } from '../../../../shared/domain/ids.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** What is derived of the revisions that `source` selects, by id, task_id and json. */
const derive = (source: string) => [
  `INSERT INTO revision_classes (revision_id, class_id, shapes)
    SELECT r.id, s.value ->> '$.classId', count(*) FROM (${source}) r, json_each(r.json, '$.shapes') s GROUP BY 1, 2`,
  `INSERT INTO revision_facts (revision_id, task_id, author, device, created_at, time_on_task_ms, journal_length, outcome, shapes, from_predictions, min_confidence)
    SELECT r.id, r.task_id, r.json ->> '$.author', r.json ->> '$.device', r.json ->> '$.createdAt', r.json ->> '$.timeOnTaskMs', r.json ->> '$.journalLength',
      r.json ->> '$.outcome.kind', json_array_length(r.json, '$.shapes'),
      (SELECT count(*) FROM json_each(r.json, '$.shapes') s WHERE s.value ->> '$.provenance.confidence' IS NOT NULL),
      (SELECT min(s.value ->> '$.provenance.confidence') FROM json_each(r.json, '$.shapes') s)
    FROM (${source}) r`,
]

const OF_ONE = derive('SELECT ? AS id, ? AS task_id, ? AS json')
const OF_ALL = ['revisions', 'remote_revisions'].flatMap((table) => derive(`SELECT v.id, v.task_id, CAST(v.bytes AS TEXT) AS json FROM ${table} v
  WHERE NOT EXISTS (SELECT 1 FROM revision_facts f WHERE f.revision_id = v.id)`))

/** Derives what results are filtered and counted by, of a revision that came to be here; `bytes` are its canonical JSON. */
export function noteRevisionFacts(db: WorkDatabase, id: RevisionId, taskId: TaskId, bytes: Uint8Array): void {
  const json = Buffer.from(bytes).toString()
  for (const text of OF_ONE) sql(db, text).run(id, taskId, json)
}

/** As `noteRevisionFacts`, for every revision that has none: those of a database that comes from before there were any. */
export function noteMissingFacts(db: WorkDatabase): void {
  for (const text of OF_ALL) sql(db, text).run()
}
