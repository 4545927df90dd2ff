import type { RevisionId, TaskId } from '../../../../shared/domain/ids.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

const CLASSES = `INSERT INTO revision_classes (revision_id, class_id, shapes)
  SELECT r.id, s.value ->> '$.classId', count(*) FROM r, json_each(r.json, '$.shapes') s GROUP BY 1, 2`

/** The tenth that a confidence from 0 to 1 lies in, from 0 to 9. */
const tenthOf = (confidence: string) => `min(9, CAST(${confidence} * 10 AS INTEGER))`
/**
 * A rejection names the predicted shape alone: its confidence is looked up, each prediction being read once, and it is not counted where the prediction is
 * not here.
 */
const PREDICTIONS = `, rejected (id, prediction, shape) AS MATERIALIZED (
    SELECT r.id, j.value ->> '$.predictionId', j.value ->> '$.predictedShapeId' FROM r, json_each(r.json, '$.rejections') j)
  INSERT INTO revision_predictions (revision_id, tenth, accepted, edited, rejected)
  SELECT id, tenth, sum(fate = 'acceptedPrediction'), sum(fate = 'editedPrediction'), sum(fate = 'rejected') FROM (
    SELECT r.id, ${tenthOf("(s.value ->> '$.provenance.confidence')")} AS tenth, s.value ->> '$.provenance.source' AS fate FROM r, json_each(r.json, '$.shapes') s
    UNION ALL
    SELECT r.id, ${tenthOf("(p.value ->> '$.confidence')")}, 'rejected' FROM r CROSS JOIN predictions e ON e.task_id = r.task_id CROSS JOIN json_each(e.raw, '$.shapes') p
      CROSS JOIN rejected x ON x.id = r.id AND x.prediction = e.id AND x.shape = p.value ->> '$.id' WHERE json_array_length(r.json, '$.rejections') > 0
  ) WHERE tenth IS NOT NULL GROUP BY 1, 2`

const FACTS = `INSERT INTO revision_facts (revision_id, task_id, author, device, created_at, time_on_task_ms, journal_length, outcome, shapes, from_predictions, min_confidence)
  SELECT r.id, r.task_id, r.json ->> '$.author', r.json ->> '$.device', r.json ->> '$.createdAt', r.json ->> '$.timeOnTaskMs', r.json ->> '$.journalLength',
    r.json ->> '$.outcome.kind', json_array_length(r.json, '$.shapes'),
    (SELECT count(*) FROM json_each(r.json, '$.shapes') s WHERE s.value ->> '$.provenance.confidence' IS NOT NULL),
    (SELECT min(s.value ->> '$.provenance.confidence') FROM json_each(r.json, '$.shapes') s)
  FROM r`

/** What is derived of the revisions that `source` selects, by id, task_id and json. That there are facts of one says that all of it is there: they come last. */
const derive = (source: string) => [CLASSES, PREDICTIONS, FACTS].map((text) => `WITH r AS (${source}) ${text}`)

const OF_ONE = derive('SELECT ? AS id, ? AS task_id, ? AS json')
// The missing ones are found in the index of ids alone, since this runs at each start and the bytes are many.
const OF_ALL = ['revisions', 'remote_revisions'].flatMap((table) => derive(`SELECT v.id, v.task_id, CAST(v.bytes AS TEXT) AS json FROM ${table} v
  WHERE v.id IN (SELECT m.id FROM ${table} m WHERE NOT EXISTS (SELECT 1 FROM revision_facts f WHERE f.revision_id = m.id))`))

/** Derives what results are filtered and counted by, of a revision that came to be here; `bytes` are its canonical JSON. */
export function noteRevisionFacts(db: WorkDatabase, id: RevisionId, taskId: TaskId, bytes: Uint8Array): void {
  const json = Buffer.from(bytes).toString()
  for (const text of OF_ONE) sql(db, text).run(id, taskId, json)
}

/** As `noteRevisionFacts`, for every revision that has none: those of a database that comes from before there were any. */
export function noteMissingFacts(db: WorkDatabase): void {
  for (const text of OF_ALL) sql(db, text).run()
}
