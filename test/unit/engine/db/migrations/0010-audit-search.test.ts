import { expect, it } from 'vitest'
import { atVersion, forward } from './atVersion.ts'

it('knows who did what is recorded, whatever a payload says by now, and finds the events of a task by an index', () => {
  const db = atVersion(9)
  db.exec(`INSERT INTO audit_epochs (epoch, device, public_key, started_at, reason) VALUES (1, 'd', 'key', '2026-01-01T00:00:00.000Z', 'firstStart')`)
  const insert = db.prepare(`INSERT INTO audit (epoch, seq, device, prev, type, task_id, payload, payload_hash, wall, monotonic_ms, hash, signature)
    VALUES (1, ?, 'd', 'p', 'submitted', 't', ?, 'h', '2026-01-01T00:00:00.000Z', 1, 'h', 's')`)
  for (const [place, payload] of ['{"actor":"ada","details":{}}', '{"details":{}}', '{'].entries()) insert.run(place + 1, payload)
  forward(db, 10)
  expect(db.prepare('SELECT actor FROM audit ORDER BY seq').pluck().all()).toEqual(['ada', '', ''])
  expect(db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM audit WHERE task_id = 't'`).get()).toMatchObject({ detail: expect.stringContaining('audit_task') as unknown })
})
