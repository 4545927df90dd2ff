import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countTasks, neighboursOf, queryTasks } from '../../../../../electron/engine/db/repositories/taskQuery.ts'
import { taskFacets } from '../../../../../electron/engine/db/repositories/taskFacets.ts'
import { setAssetPrefetch } from '../../../../../electron/engine/db/repositories/assets.ts'
import { AssetIdSchema } from '../../../../../shared/domain/ids.ts'
import { TaskQuerySchema } from '../../../../../shared/rpc/taskRows.ts'
import type { TaskQuery } from '../../../../../shared/rpc/taskRows.ts'
import { firstChanges, taskId } from '../../../../builders/records.ts'
import { aWorkspace, pull } from '../../../../builders/workspace.ts'

const TASKS = 40

/** Forty tasks that differ in everything the queue can be filtered and sorted by. */
function aQueue() {
  const workspace = aWorkspace()
  pull(workspace, firstChanges(TASKS, (n) => ({
    priority: n % 4, projectId: n % 3 === 0 ? 'project-2' : 'project-1', state: n % 5 === 0 ? 'returned' : 'assigned',
    ...(n % 2 === 0 ? { dueAt: `2026-06-${String(1 + (n % 9)).padStart(2, '0')}T00:00:00.000Z` } : {}),
    tags: { source: n % 2 === 0 ? 'drone' : 'car', model_error: `e${n % 7}` },
  })))
  const { db } = workspace
  const ids = (query: Parameters<typeof TaskQuerySchema.parse>[0], offset = 0, limit = 100) => queryTasks(db, TaskQuerySchema.parse(query), offset, limit).rows.map(({ id }) => id)
  return { db, ids, all: queryTasks(db, TaskQuerySchema.parse({}), 0, 100).rows }
}

describe('the queue', () => {
  it('comes by priority, due date and arrival', () => {
    const { all } = aQueue()
    const key = (row: (typeof all)[number]) => [-row.priority, row.dueAt ?? '9999', Number(row.id.slice(5))] as const
    const sorted = [...all].sort((a, b) => {
      const [x, y] = [key(a), key(b)]
      return x[0] - y[0] || x[1].localeCompare(y[1]) || x[2] - y[2]
    })
    expect(all.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id))
    expect(all).toHaveLength(TASKS)
  })

  it('is filtered by project, standing, priority, tag and text', () => {
    const { db, ids, all } = aQueue()
    const expected = (test: (row: (typeof all)[number]) => boolean) => all.filter(test).map(({ id }) => id)
    expect(ids({ filter: { projectId: 'project-2' } })).toEqual(expected((row) => row.projectId === 'project-2'))
    expect(ids({ filter: { standings: ['returned'] } })).toEqual(expected((row) => row.standing === 'returned'))
    expect(ids({ filter: { minPriority: 2 } })).toEqual(expected((row) => row.priority >= 2))
    expect(ids({ filter: { tag: { key: 'source', value: 'drone' } } })).toEqual(expected((row) => row.tags['source'] === 'drone'))
    expect(ids({ filter: { text: 'STREET-1' } })).toEqual(expected((row) => row.name.includes('street-1')))
    expect(ids({ filter: { text: '100% " _\' --' } })).toEqual([])
    const both = TaskQuerySchema.parse({ filter: { projectId: 'project-1', standings: ['new', 'inProgress'], minPriority: 1, tag: { key: 'source', value: 'car' }, text: 'e1' } })
    expect(countTasks(db, both.filter)).toBe(expected((row) => row.projectId === 'project-1' && row.standing === 'new' && row.priority >= 1 && row.tags['source'] === 'car' && row.tags['model_error'] === 'e1').length)
  })

  it('is sorted both ways by everything', () => {
    const { ids } = aQueue()
    for (const by of ['queue', 'name', 'standing', 'priority', 'dueAt', 'updatedAt', 'shapeCount']) {
      expect(ids({ sort: { by, descending: true } })).toEqual(ids({ sort: { by } }).reverse())
    }
    expect(ids({ sort: { by: 'name' } }).slice(0, 3)).toEqual(['task-1', 'task-10', 'task-11'])
  })

  it('comes in pages that add up', () => {
    const { ids } = aQueue()
    expect([0, 15, 30].flatMap((offset) => ids({}, offset, 15))).toEqual(ids({}))
  })

  it('knows the neighbours of a task in any order and filter', () => {
    const { db, ids } = aQueue()
    const arbitrary = fc.record({
      filter: fc.record({ text: fc.constantFrom('', 'e1', 'street-2'), standings: fc.subarray(['new', 'returned']), minPriority: fc.option(fc.constantFrom(0, 2), { nil: undefined }) }),
      sort: fc.record({ by: fc.constantFrom('queue', 'name', 'standing', 'priority', 'dueAt', 'shapeCount'), descending: fc.boolean() }),
    })
    fc.assert(fc.property(arbitrary, (raw) => {
      const query: TaskQuery = TaskQuerySchema.parse(raw)
      const order = ids(raw)
      for (const [position, id] of order.entries()) {
        const [previous, next] = [order[position - 1], order[position + 1]]
        expect(neighboursOf(db, id, query)).toEqual({ position, total: order.length, ...(previous && { previous }), ...(next && { next }) })
      }
    }), { numRuns: 40, verbose: true })
  })

  it('knows what comes next after a task that has just left the filter', () => {
    const { db, ids } = aQueue()
    const query = TaskQuerySchema.parse({ filter: { standings: ['new'] } })
    const [first, second, third] = ids({ filter: { standings: ['new'] } })
    if (second === undefined) throw new Error('too few')
    db.prepare(`UPDATE tasks SET standing = 'queued' WHERE id = ?`).run(second)
    expect(neighboursOf(db, second, query)).toMatchObject({ previous: first, next: third, position: 1 })
    expect(neighboursOf(db, taskId('nobody'), query)).toBeUndefined()
  })

  it('can be narrowed by what there is', () => {
    const { db } = aQueue()
    setAssetPrefetch(db, AssetIdSchema.parse('asset-7'), 'ready')
    const facets = taskFacets(db)
    expect(facets).toMatchObject({ total: TASKS, standings: { new: 32, returned: 8 }, prefetched: 1 })
    expect(facets.tags.filter(({ key }) => key === 'source')).toEqual([{ key: 'source', value: 'car', count: 20 }, { key: 'source', value: 'drone', count: 20 }])
  })
})
