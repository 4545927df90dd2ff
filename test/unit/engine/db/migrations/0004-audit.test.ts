import { expect, it } from 'vitest'
import { atVersion, forward } from './atVersion.ts'

const entry = (epoch: number, seq: number) => `INSERT INTO audit VALUES (${epoch}, ${seq}, 'd', 'p', 'submitted', NULL, '{}', 'h', 'now', 0, 'h', 's')`

it('adds the audit log', () => {
  const db = atVersion(3)
  forward(db, 4)
  db.exec(`INSERT INTO audit_epochs VALUES (1, 'd', 'k', 'now', 'first'); ${entry(1, 1)}; ${entry(1, 2)}`)
  expect(db.prepare('SELECT max(seq) FROM audit').pluck().get()).toBe(2)
})

it('refuses an entry of an unknown epoch and a second one of the same number', () => {
  const db = atVersion(4)
  db.exec(`INSERT INTO audit_epochs VALUES (1, 'd', 'k', 'now', 'first'); ${entry(1, 1)}`)
  expect(() => db.exec(entry(2, 1))).toThrow(/FOREIGN KEY/)
  expect(() => db.exec(entry(1, 1))).toThrow(/UNIQUE/)
})
