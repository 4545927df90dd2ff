import { expect, it } from 'vitest'
import { atVersion, forward, insertTask } from './atVersion.ts'

it('adds drafts and journals to the tasks that are there', () => {
  const db = atVersion(1)
  insertTask(db, 't')
  forward(db, 2)
  db.exec(`INSERT INTO journal VALUES ('t', 1, 'edit', 'addShape', NULL, 'now', '{}'); INSERT INTO journal VALUES ('t', 2, 'undo', NULL, 1, 'now', '{}')`)
  expect(db.prepare('SELECT count(*) FROM journal').pluck().get()).toBe(2)
})

it.each([
  ['an edit without a name', `'t', 1, 'edit', NULL, NULL`],
  ['an undo without a target', `'t', 1, 'undo', NULL, NULL`],
  ['another kind of line', `'t', 1, 'guess', NULL, 1`],
  ['a line of an unknown task', `'u', 1, 'edit', 'addShape', NULL`],
])('refuses %s', (_, values) => {
  const db = atVersion(2)
  insertTask(db, 't')
  expect(() => db.exec(`INSERT INTO journal VALUES (${values}, 'now', '{}')`)).toThrow(/constraint/)
})

it('keeps a task that has a draft', () => {
  const db = atVersion(2)
  insertTask(db, 't')
  db.exec(`INSERT INTO draft_records VALUES ('t', 's', '{}')`)
  expect(() => db.exec('DELETE FROM tasks')).toThrow(/FOREIGN KEY/)
})
