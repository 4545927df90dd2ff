import { expect, it } from 'vitest'
import { atVersion, forward, insertTask } from './atVersion.ts'

const revision = `INSERT INTO revisions (id, task_id, bytes) VALUES ('r', 't', x'00')`
const submission = (id: string, seq: number, revisionId = 'r') => `INSERT INTO submissions (submission_id, device, device_seq, task_id, revision_id, commit_json, created_at)
  VALUES ('${id}', 'd', ${seq}, 't', '${revisionId}', '{}', 'now')`

it('adds submissions to the work that is there', () => {
  const db = atVersion(2)
  insertTask(db, 't')
  forward(db, 3)
  db.exec(`${revision}; ${submission('s', 1)}; INSERT INTO outbox (submission_id, state, next_attempt_at) VALUES ('s', 'waiting', 0)`)
  expect(db.prepare('SELECT blob_stored, attempts FROM outbox').get()).toEqual({ blob_stored: 0, attempts: 0 })
})

it('lets a device use a sequence number once and a revision be submitted once', () => {
  const db = atVersion(3)
  insertTask(db, 't')
  db.exec(`${revision}; INSERT INTO revisions (id, task_id, bytes) VALUES ('r2', 't', x'01'); ${submission('s', 1)}`)
  expect(() => db.exec(submission('s2', 1, 'r2'))).toThrow(/UNIQUE/)
  expect(() => db.exec(submission('s2', 2))).toThrow(/UNIQUE/)
})

it('keeps a revision while a submission needs its bytes', () => {
  const db = atVersion(3)
  insertTask(db, 't')
  db.exec(`${revision}; ${submission('s', 1)}`)
  expect(() => db.exec('DELETE FROM revisions')).toThrow(/FOREIGN KEY/)
})
