import { expect, it } from 'vitest'
import { atVersion, forward, insertTask } from './atVersion.ts'

it('leaves a refused submission refused, replaced by none, and holds one copy of a revision from elsewhere', () => {
  const db = atVersion(5)
  insertTask(db, 't')
  db.exec(`INSERT INTO revisions (id, task_id, bytes) VALUES ('r', 't', x'00');
    INSERT INTO submissions (submission_id, device, device_seq, task_id, revision_id, commit_json, created_at) VALUES ('s', 'd', 1, 't', 'r', '{}', 'now');
    INSERT INTO outbox (submission_id, state, next_attempt_at) VALUES ('s', 'dead', 0)`)
  forward(db, 6)
  expect(db.prepare('SELECT state, replaced_by FROM outbox').get()).toEqual({ state: 'dead', replaced_by: null })
  expect(() => db.exec(`UPDATE outbox SET replaced_by = 'nobody'`)).toThrow(/FOREIGN KEY/)
  const insert = `INSERT INTO remote_revisions (id, task_id, bytes) VALUES ('x', 't', x'01')`
  db.exec(insert)
  expect(() => db.exec(insert)).toThrow(/UNIQUE/)
  expect(db.prepare('SELECT count(*) AS notices FROM notices').get()).toEqual({ notices: 0 })
})
