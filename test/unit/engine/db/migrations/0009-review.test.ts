import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../../../../electron/engine/db/migrations/all.ts'
import { noteMissingFacts } from '../../../../../electron/engine/db/repositories/revisionFacts.ts'
import { aShape } from '../../../../builders/records.ts'
import { aRevision, frozen } from '../../../../builders/revision.ts'
import { atVersion, forward, insertTask } from './atVersion.ts'

it('knows whose a task is, and what the results that are there are made of', () => {
  const db = atVersion(8)
  insertTask(db, 't')
  db.exec(`INSERT INTO task_raw (task_id, raw) VALUES ('t', '{"assignee":"ada"}')`)
  const provenance = { source: 'acceptedPrediction', predictionId: 'p', predictedShapeId: 's', model: 'm', modelVersion: '1', confidence: 0.4 }
  const { bytes, revisionId } = frozen(aRevision({ shapes: [aShape({ id: 'a' }), aShape({ id: 'b', provenance })] }))
  db.prepare(`INSERT INTO revisions (id, task_id, bytes) VALUES (?, 't', ?)`).run(revisionId, bytes)
  forward(db, 9)
  expect(db.prepare('SELECT assignee FROM tasks').all()).toEqual([{ assignee: 'ada' }])
  // What is derived is derived by the program of today, of a database of today.
  forward(db, MIGRATIONS.length)
  noteMissingFacts(db)
  noteMissingFacts(db)
  expect(db.prepare('SELECT author, outcome, shapes, from_predictions, min_confidence FROM revision_facts').all()).toEqual([{ author: 'ada', outcome: 'labelled', shapes: 2, from_predictions: 1, min_confidence: 0.4 }])
  expect(db.prepare('SELECT class_id, shapes FROM revision_classes').all()).toEqual([{ class_id: 'person', shapes: 2 }])
})

it('finds the reviews of a revision, and the histories that were never sent', () => {
  const db = atVersion(8)
  insertTask(db, 't')
  db.exec(`INSERT INTO reviews (id, task_id, raw, seq) VALUES ('r', 't', '{"revisionId":"x"}', 1)`)
  forward(db, 9)
  expect(db.prepare(`SELECT id FROM reviews WHERE revision_id = 'x'`).all()).toEqual([{ id: 'r' }])
  expect(db.prepare(`EXPLAIN QUERY PLAN SELECT id FROM reviews WHERE revision_id = 'x'`).get()).toMatchObject({ detail: expect.stringContaining('reviews_revision') as unknown })
})
