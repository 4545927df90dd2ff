import { expect, it } from 'vitest'
import { atVersion, forward } from './atVersion.ts'

it('has room for the chains of others, two entries under one number too', () => {
  const db = atVersion(12)
  forward(db, 13)
  const insert = db.prepare(`INSERT INTO remote_audit (epoch, seq, device, prev, type, task_id, payload, payload_hash, wall, monotonic_ms, hash, signature, twin)
    VALUES (1, 1, 'd', 'p', 'submitted', 't', ?, 'h', '2026-01-01T00:00:00.000Z', 1, ?, 's', ?)`)
  insert.run('{"actor":"ada"}', 'first', 0)
  insert.run('null', 'second', 1)
  expect(db.prepare('SELECT actor, hash FROM remote_audit ORDER BY device, epoch, seq, twin').all()).toEqual([{ actor: 'ada', hash: 'first' }, { actor: '', hash: 'second' }])
  expect(db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM remote_audit WHERE task_id = 't'`).get()).toMatchObject({ detail: expect.stringContaining('remote_audit_task') as unknown })
})
