import { expect, it } from 'vitest'
import { noteMissingFacts } from '../../../../../electron/engine/db/repositories/revisionFacts.ts'
import { aPrediction, aShape } from '../../../../builders/records.ts'
import { aRevision, frozen } from '../../../../builders/revision.ts'
import { atVersion, forward, insertTask } from './atVersion.ts'

it('counts the edits that were made before, by quarters of an hour', () => {
  const db = atVersion(10)
  insertTask(db, 't')
  db.exec(`INSERT INTO meta (key, value) VALUES ('user', '{"id":"ada","name":"Ada"}')`)
  for (const [seq, at] of ['10:00:00', '10:14:59', '10:15:00'].entries()) {
    db.prepare(`INSERT INTO journal (task_id, seq, kind, name, at, diff) VALUES ('t', ?, 'edit', 'addShape', ?, '{}')`).run(seq + 1, `2026-01-01T${at}.000Z`)
  }
  forward(db, 11)
  const slot = Date.parse('2026-01-01T10:00:00.000Z') / 900_000
  expect(db.prepare('SELECT * FROM edit_slots').all()).toEqual([{ slot, project_id: 'p', person: 'ada', edits: 2 }, { slot: slot + 1, project_id: 'p', person: 'ada', edits: 1 }])
})

it('finds out what became of the predictions in results that are there', () => {
  const db = atVersion(10)
  insertTask(db, 't')
  const prediction = aPrediction({ taskId: 't' })
  db.prepare(`INSERT INTO predictions (id, task_id, raw, seq) VALUES (?, 't', ?, 1)`).run(prediction.id, JSON.stringify(prediction))
  const provenance = { source: 'editedPrediction', predictionId: 'p', predictedShapeId: 's', model: 'm', modelVersion: '1', confidence: 0.4 }
  const { bytes, revisionId } = frozen(aRevision({
    taskId: 't', shapes: [aShape({ provenance })], rejections: [{ type: 'rejection', id: 'rejection:predicted-1', predictionId: prediction.id, predictedShapeId: 'predicted-1' }],
  }))
  db.prepare(`INSERT INTO revisions (id, task_id, bytes) VALUES (?, 't', ?)`).run(revisionId, bytes)
  forward(db, 11)
  noteMissingFacts(db)
  expect(db.prepare('SELECT tenth, accepted, edited, rejected FROM revision_predictions').all()).toEqual([{ tenth: 4, accepted: 0, edited: 1, rejected: 0 }, { tenth: 8, accepted: 0, edited: 0, rejected: 1 }])
  expect(db.prepare('SELECT count(*) FROM revision_facts').pluck().get()).toBe(1)
})
