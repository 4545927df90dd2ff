import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { commitEdits } from '../../../../electron/engine/work/commitEdits.ts'
import { openTask } from '../../../../electron/engine/work/openTask.ts'
import { nextContent } from '../../../../electron/engine/work/taskContent.ts'
import { putPrediction } from '../../../../electron/engine/db/repositories/predictions.ts'
import { invertDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import type { OpenTask } from '../../../../shared/rpc/openTask.ts'
import { openWholeTask } from '../../../../shared/rpc/taskContent.ts'
import type { Ask } from '../../../../shared/rpc/taskContent.ts'
import { adding, aPrediction, aShape, taskId, updating } from '../../../builders/records.ts'
import { aWorkspaceWithTasks, edit } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const byId = (one: Shape, other: Shape) => (one.id < other.id ? -1 : 1)
const shapes = (count: number, name = 'shape') => Array.from({ length: count }, (_, index) => aShape({ id: `${name}-${index}`, order: index })).sort(byId)

/** Asks as the window does; what is said goes through between two parts. */
const askOf = (workspace: TestWorkspace, between: () => void = () => {}): Ask => (async (channel: string, request: { reading: number }) => {
  if (channel === 'tasks.open') return openTask(workspace.db, task)
  await turn()
  between()
  return nextContent(workspace.db, request.reading)
}) as Ask

describe('the content of a task', () => {
  it('comes whole with a small task', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(...shapes(3)))
    const opened = openTask(workspace.db, task)
    expect(opened).toMatchObject({ records: shapes(3), undo: [{ seq: 1 }] })
    expect(opened.next).toBeUndefined()
  })

  it('comes in parts that make up all records, predictions and edits of a large one', async () => {
    const workspace = aWorkspaceWithTasks()
    const many = shapes(4000)
    edit(workspace, adding(...many))
    const moved = { ...many[7], geometry: { kind: 'point' as const, x: 1, y: 2 } } as Shape
    edit(workspace, updating(many[7] ?? moved, moved))
    commitEdits(workspace, { taskId: task, afterSeq: 2, timeOnTaskMs: 0, lines: [{ kind: 'undo', target: 2, diff: invertDiff(updating(many[7] ?? moved, moved)) }] })
    const prediction = aPrediction({ shapes: Array.from({ length: 4000 }, (_, index) => ({ ...aPrediction().shapes[0], id: `predicted-${index}` })) })
    putPrediction(workspace.db, prediction, 100)
    const shares: number[] = []
    const whole = await openWholeTask(askOf(workspace), task, (share) => { shares.push(share) })
    expect(whole.records).toEqual(many)
    expect(whole.predictions).toEqual([prediction])
    expect(whole.undo).toEqual([{ seq: 1, name: 'addShape', diff: adding(...many) }])
    expect(whole.redo).toEqual([{ seq: 2, name: 'addShape', diff: updating(many[7] ?? moved, moved) }])
    expect(shares.length).toBeGreaterThan(4)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(Math.max(...shares)).toBeLessThanOrEqual(1)
  })

  it('is of one moment, whatever is edited while it is read', async () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(...shapes(4000)))
    let edited = false
    const whole: OpenTask = await openWholeTask(askOf(workspace, () => {
      if (!edited) edit(workspace, adding(aShape({ id: 'later' })))
      edited = true
    }), task)
    expect([whole.records.length, whole.journalSeq, whole.undo.length]).toEqual([4000, 1, 1])
  })

  it('can be read by several at the same time, and not twice', async () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(...shapes(4000)))
    const both = await Promise.all([openWholeTask(askOf(workspace), task), openWholeTask(askOf(workspace), task)])
    expect(both.map(({ records }) => records.length)).toEqual([4000, 4000])
    const { next } = openTask(workspace.db, task)
    for (let part = next; part !== undefined;) part = nextContent(workspace.db, part.reading).next
    expect(() => nextContent(workspace.db, next?.reading ?? 0)).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('is given up for others when too many are begun', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(...shapes(4000)))
    const begun = Array.from({ length: 5 }, () => openTask(workspace.db, task).next?.reading ?? 0)
    expect(() => nextContent(workspace.db, begun[0] ?? 0)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(nextContent(workspace.db, begun[1] ?? 0).records.length).toBeGreaterThan(0)
  })

  it('tells of a record that cannot be read when its part is asked for', async () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(...shapes(4000)))
    workspace.db.prepare(`UPDATE draft_records SET json = '{}' WHERE record_id = 'shape-2500'`).run()
    await expect(openWholeTask(askOf(workspace), task)).rejects.toThrow(/invalid/i)
  })
})
