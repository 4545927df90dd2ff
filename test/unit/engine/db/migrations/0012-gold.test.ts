import { expect, it } from 'vitest'
import { atVersion, forward } from './atVersion.ts'

it('has room for answers and scores, one of each task and revision', () => {
  const db = atVersion(11)
  forward(db, 12)
  db.exec(`INSERT INTO gold_answers (task_id, raw, seq) VALUES ('t', '{}', 1)`)
  const score = db.prepare(`INSERT INTO gold_scores (revision_id, task_id, author, at, f1, raw, seq) VALUES ('r', 't', 'ada', '2026-01-01T00:00:00.000Z', 0.5, '{}', 2)`)
  score.run()
  expect(() => score.run()).toThrow('UNIQUE')
})
