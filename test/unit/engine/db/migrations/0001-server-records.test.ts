import { expect, it } from 'vitest'
import { atVersion, insertTask } from './atVersion.ts'

it('orders tasks by priority, due date and arrival through generated columns', () => {
  const db = atVersion(1)
  insertTask(db, 'later', { dueAt: '2026-03-01T00:00:00.000Z' })
  insertTask(db, 'whenever')
  insertTask(db, 'sooner', { dueAt: '2026-02-01T00:00:00.000Z' })
  insertTask(db, 'urgent', { priority: 5 })
  const ids = db.prepare('SELECT id FROM tasks ORDER BY rank, due_key, arrival').pluck().all()
  expect(ids).toEqual(['urgent', 'sooner', 'later', 'whenever'])
})

it('drops the tags and texts of a task with it', () => {
  const db = atVersion(1)
  insertTask(db, 't')
  db.exec(`INSERT INTO task_tags VALUES ('source', 'camera', 1); INSERT INTO task_search VALUES (1, 'n'); INSERT INTO task_raw VALUES ('t', '{}'); DELETE FROM tasks`)
  expect(db.prepare('SELECT (SELECT count(*) FROM task_tags) + (SELECT count(*) FROM task_search) + (SELECT count(*) FROM task_raw)').pluck().get()).toBe(0)
})
