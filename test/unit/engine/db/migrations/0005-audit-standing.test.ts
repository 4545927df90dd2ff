import { expect, it } from 'vitest'
import { atVersion, forward } from './atVersion.ts'

const entry = (epoch: number, seq: number) => `INSERT INTO audit VALUES (${epoch}, ${seq}, 'd', 'p', 'submitted', NULL, '{}', 'h', 'now', 0, 'hash ${seq}', 's')`

it('takes over how many entries the server holds, by the receipts that fit the chain', () => {
  const db = atVersion(4)
  db.exec(`INSERT INTO audit_epochs VALUES (1, 'd', 'k', 'now', 'first'), (2, 'e', 'k', 'now', 'databaseRestored'); ${entry(1, 1)}; ${entry(1, 2)}; ${entry(1, 3)}; ${entry(2, 1)};
    INSERT INTO audit_receipts VALUES (1, 1, 'hash 1', '{}'), (1, 2, 'hash 2', '{}'), (1, 3, 'another', '{}'), (1, 9, 'more than here', '{}')`)
  forward(db, 5)
  expect(db.prepare('SELECT epoch, acknowledged, forked_at FROM audit_epochs ORDER BY epoch').all()).toEqual([
    { epoch: 1, acknowledged: 2, forked_at: null }, { epoch: 2, acknowledged: 0, forked_at: null },
  ])
})
