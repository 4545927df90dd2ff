import { expect, it } from 'vitest'
import { atVersion, forward } from './atVersion.ts'

it('leaves every epoch to the person who works here', () => {
  const db = atVersion(7)
  db.exec(`INSERT INTO audit_epochs (epoch, device, public_key, started_at, reason) VALUES (1, 'd', 'k', 'now', 'firstStart')`)
  forward(db, 8)
  expect(db.prepare('SELECT left_at FROM audit_epochs').all()).toEqual([{ left_at: null }])
})
