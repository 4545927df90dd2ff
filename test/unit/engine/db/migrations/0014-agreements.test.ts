import { expect, it } from 'vitest'
import { atVersion, forward, insertTask } from './atVersion.ts'

it('knows which tasks are the same work, also of those that are there', () => {
  const db = atVersion(13)
  insertTask(db, 't')
  db.exec(`INSERT INTO task_raw (task_id, raw) VALUES ('t', '{"replicaGroup":"g"}')`)
  forward(db, 14)
  expect(db.prepare('SELECT replica_group FROM tasks').pluck().all()).toEqual(['g'])
})
