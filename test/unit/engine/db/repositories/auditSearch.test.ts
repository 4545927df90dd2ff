import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditFacets, searchAudit } from '../../../../../electron/engine/db/repositories/auditSearch.ts'
import type { WorkDatabase } from '../../../../../electron/engine/db/sqlite.ts'
import { AuditFilterSchema } from '../../../../../shared/rpc/auditSearch.ts'
import type { AuditFilter, AuditKey } from '../../../../../shared/rpc/auditSearch.ts'
import { holds } from '../../../../builders/property.ts'
import { atVersion } from '../migrations/atVersion.ts'
import { MIGRATIONS } from '../../../../../electron/engine/db/migrations/all.ts'

interface Row { device: number; actor: string; type: string; task: string; minute: number }

const row = fc.record<Row>({
  device: fc.nat(3), actor: fc.constantFrom('', 'ada', 'grace', 'joan'), type: fc.constantFrom('submitted', 'skipped', 'exported'),
  task: fc.constantFrom('', 'task-1', 'task-2'), minute: fc.nat(8),
})
const wall = (minute: number) => `2026-05-01T10:0${minute}:00.000Z`
const some = (...values: string[]) => fc.oneof(fc.constant([]), fc.subarray(values, { minLength: 1 }))
const filter = fc.record({
  actors: some('', 'ada', 'grace', 'nobody'), devices: some('device-0', 'device-2'), types: some('submitted', 'exported', 'unheard of'),
  taskId: fc.option(fc.constantFrom('task-1', 'task-2'), { nil: undefined }),
  since: fc.option(fc.nat(8).map(wall), { nil: undefined }), until: fc.option(fc.nat(8).map(wall), { nil: undefined }),
}).map((fields) => AuditFilterSchema.parse(fields))

type Stored = Row & AuditKey

/** Four chains side by side, in a database of their own. */
function aLog(rows: readonly Row[]): { db: WorkDatabase; stored: Stored[] } {
  const db = atVersion(MIGRATIONS.length)
  const sizes = new Map<number, number>()
  for (const device of [0, 1, 2, 3]) db.prepare(`INSERT INTO audit_epochs (epoch, device, public_key, started_at, reason) VALUES (?, ?, 'key', ?, 'firstStart')`).run(device + 1, `device-${device}`, wall(0))
  const insert = db.prepare(`INSERT INTO audit (epoch, seq, device, prev, type, task_id, payload, payload_hash, wall, monotonic_ms, hash, signature) VALUES (?, ?, ?, 'p', ?, ?, ?, 'h', ?, 1, 'h', 's')`)
  const stored = rows.map((each): Stored => {
    const seq = (sizes.get(each.device) ?? 0) + 1
    sizes.set(each.device, seq)
    const payload = JSON.stringify({ ...(each.actor !== '' && { actor: each.actor }), details: {} })
    insert.run(each.device + 1, seq, `device-${each.device}`, each.type, each.task === '' ? null : each.task, payload, wall(each.minute))
    return { ...each, wall: wall(each.minute), epoch: each.device + 1, seq, device: `device-${each.device}` as never }
  })
  return { db, stored }
}

const nameOf = ({ wall: time, device, epoch, seq }: AuditKey) => `${time} ${device} ${epoch} ${String(seq).padStart(4, '0')}`
const has = (list: readonly string[], value: string) => list.length === 0 || list.includes(value)

/** By looking at every row. */
function naively(stored: readonly Stored[], { actors, devices, types, taskId, since, until }: AuditFilter): string[] {
  return stored.filter((each) => has(actors, each.actor) && has(devices, String(each.device)) && has(types, each.type) && (taskId === undefined || each.task === taskId)
    && (since === undefined || each.wall >= since) && (until === undefined || each.wall < until)).map((each) => nameOf({ ...each, device: String(each.device) })).sort().reverse()
}

function pages(db: WorkDatabase, wanted: AuditFilter, limit: number): string[] {
  const found: AuditKey[] = []
  for (;;) {
    const page = searchAudit(db, wanted, found.at(-1), limit)
    found.push(...page)
    if (page.length < limit) return found.map(nameOf)
  }
}

describe('the search of the audit log', () => {
  it('pages through exactly the events that a filter lets through, newest first, whichever size a page has', () => {
    holds('audit search', fc.property(fc.array(row, { maxLength: 60 }), filter, fc.integer({ min: 1, max: 9 }), (rows, wanted, limit) => {
      const { db, stored } = aLog(rows)
      expect(pages(db, wanted, limit)).toEqual(naively(stored, wanted))
      db.close()
    }), 60)
  })

  it('knows which people, devices and kinds there are', () => {
    const { db } = aLog([{ device: 0, actor: 'ada', type: 'submitted', task: '', minute: 1 }, { device: 0, actor: 'ada', type: 'submitted', task: '', minute: 2 }, { device: 1, actor: '', type: 'exported', task: '', minute: 1 }])
    const both = [{ actor: '', device: 'device-1', type: 'exported' }, { actor: 'ada', device: 'device-0', type: 'submitted' }]
    expect(auditFacets(db)).toEqual(both)
    db.exec(`INSERT INTO audit SELECT epoch, 99, device, prev, 'skipped', task_id, payload, payload_hash, wall, monotonic_ms, hash, signature FROM audit WHERE epoch = 1 AND seq = 1`)
    expect(auditFacets(db)).toEqual([...both, { actor: 'ada', device: 'device-0', type: 'skipped' }])
  })
})
