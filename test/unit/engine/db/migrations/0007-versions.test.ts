import { expect, it } from 'vitest'
import { atVersion, forward, insertTask } from './atVersion.ts'

it('knows of no other version of the tasks that are there', () => {
  const db = atVersion(6)
  insertTask(db, 't')
  forward(db, 7)
  expect(db.prepare('SELECT other_revisions, foreign_heads FROM tasks').get()).toEqual({ other_revisions: '[]', foreign_heads: '[]' })
  expect(db.prepare(`EXPLAIN QUERY PLAN SELECT id FROM tasks WHERE foreign_heads <> '[]'`).get()).toMatchObject({ detail: expect.stringContaining('tasks_foreign_heads') as unknown })
})
