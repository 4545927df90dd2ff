import { describe, expect, it } from 'vitest'
import { commitEdits } from '../../../../electron/engine/work/commitEdits.ts'
import { openTask } from '../../../../electron/engine/work/openTask.ts'
import { invertDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftRecord } from '../../../../shared/domain/draft.ts'
import { adding, aShape, firstChanges, removing, taskId, updating } from '../../../builders/records.ts'
import { aWorkspace, aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const first = aShape()
const moved = aShape({ geometry: { kind: 'point', x: 5, y: 6 } })

function row(workspace: TestWorkspace) {
  return workspace.db.prepare('SELECT standing, journal_seq, shape_count, time_on_task_ms FROM tasks WHERE id = ?').get(task)
}

describe('commitEdits', () => {
  it('writes journal, records, counts and standing, and tells the windows after the commit', () => {
    const workspace = aWorkspaceWithTasks()
    workspace.events.length = 0
    const { journalSeq, savedAt } = commitEdits(workspace, {
      taskId: task, afterSeq: 0, timeOnTaskMs: 1500,
      lines: [{ kind: 'edit', name: 'addShape', diff: adding(first, aShape({ id: 'shape-2' })) }, { kind: 'edit', name: 'moveShape', diff: updating(first, moved) }],
    })
    expect(journalSeq).toBe(2)
    expect(savedAt).toMatch(/^2026-05-01T/)
    expect(row(workspace)).toEqual({ standing: 'inProgress', journal_seq: 2, shape_count: 2, time_on_task_ms: 1500 })
    expect(openTask(workspace.db, task).records).toEqual([moved, aShape({ id: 'shape-2' })])
    expect(workspace.events).toEqual([{ event: 'tasks.changed', payload: { taskIds: [task] } }])
  })

  it('does not trouble the queue with an edit that it does not show', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(first))
    workspace.events.length = 0
    edit(workspace, updating(first, moved))
    expect(workspace.events).toEqual([])
  })

  it('refuses an edit that was made after another line, and stores nothing of it', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(first))
    expect(() => commitEdits(workspace, { taskId: task, afterSeq: 0, timeOnTaskMs: 0, lines: [{ kind: 'edit', name: 'deleteShape', diff: removing(first) }] }))
      .toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(openTask(workspace.db, task)).toMatchObject({ journalSeq: 1, records: [first] })
  })

  it.each([
    ['adds a record that exists', adding(first), 'conflict'],
    ['changes a record that does not exist', updating(aShape({ id: 'shape-9' }), aShape({ id: 'shape-9', order: 2 })), 'conflict'],
    ['changes a record that looks different by now', updating(moved, first), 'conflict'],
    ['removes a record that looks different by now', removing(moved), 'conflict'],
    ['files a record under another id', { added: { other: aShape({ id: 'shape-3' }) }, updated: {}, removed: {} }, 'invalidRequest'],
  ])('refuses an edit that %s, with every line of its batch', (_, diff, code) => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(first))
    const good = { kind: 'edit' as const, name: 'addShape' as const, diff: adding(aShape({ id: 'shape-2' })) }
    expect(() => commitEdits(workspace, { taskId: task, afterSeq: 1, timeOnTaskMs: 0, lines: [good, { kind: 'edit', name: 'reshape', diff }] })).toThrow(expect.objectContaining({ code }))
    expect(openTask(workspace.db, task)).toMatchObject({ journalSeq: 1, records: [first] })
    expect(edit(workspace, adding(aShape({ id: 'shape-2' })))).toBe(2)
  })

  it('keeps undo and redo in the journal, so that they survive closing', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(first))
    edit(workspace, updating(first, moved))
    commitEdits(workspace, { taskId: task, afterSeq: 2, timeOnTaskMs: 0, lines: [{ kind: 'undo', target: 2, diff: updating(moved, first) }] })
    workspace.db.close()
    const reopened = aWorkspace(workspace.folder)
    const opened = openTask(reopened.db, task)
    expect(opened.records).toEqual([first])
    expect(opened.undo.map(({ seq }) => seq)).toEqual([1])
    expect(opened.redo).toEqual([{ seq: 2, name: 'addShape', diff: updating(first, moved) }])
    commitEdits(reopened, { taskId: task, afterSeq: 3, timeOnTaskMs: 0, lines: [{ kind: 'redo', target: 2, diff: updating(first, moved) }] })
    expect(openTask(reopened.db, task)).toMatchObject({ records: [moved], redo: [], journalSeq: 4 })
  })

  it('refuses to undo what is not the newest edit, and to redo after new work', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(first))
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    const undo = (target: number, shape: DraftRecord, afterSeq: number) =>
      commitEdits(workspace, { taskId: task, afterSeq, timeOnTaskMs: 0, lines: [{ kind: 'undo', target, diff: invertDiff(adding(shape)) }] })
    expect(() => undo(1, first, 2)).toThrow(expect.objectContaining({ code: 'conflict' }))
    undo(2, aShape({ id: 'shape-2' }), 2)
    edit(workspace, adding(aShape({ id: 'shape-3' })))
    expect(() => commitEdits(workspace, { taskId: task, afterSeq: 4, timeOnTaskMs: 0, lines: [{ kind: 'redo', target: 2, diff: adding(aShape({ id: 'shape-2' })) }] }))
      .toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(openTask(workspace.db, task)).toMatchObject({ journalSeq: 4, redo: [] })
  })

  it('knows no task that was never pulled', () => {
    const workspace = aWorkspace()
    expect(() => commitEdits(workspace, { taskId: task, afterSeq: 0, timeOnTaskMs: 0, lines: [{ kind: 'edit', name: 'addShape', diff: adding(first) }] }))
      .toThrow(expect.objectContaining({ code: 'notFound' }))
  })

  it('says that the disk is full, rolls back, and goes on when there is room again', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(first))
    workspace.db.pragma(`max_page_count = ${String(workspace.db.pragma('page_count', { simple: true }))}`)
    const big = aShape({ id: 'shape-2', geometry: { kind: 'polyline', points: Array.from({ length: 5000 }, (_, x) => [x / 10, 1]) } })
    expect(() => edit(workspace, adding(big))).toThrow(expect.objectContaining({ code: 'diskFull' }))
    expect(openTask(workspace.db, task)).toMatchObject({ journalSeq: 1, records: [first] })
    workspace.db.pragma('max_page_count = 1073741823')
    expect(edit(workspace, adding(big))).toBe(2)
  })

  it('takes the work even if the task was cancelled a moment ago', () => {
    const workspace = aWorkspaceWithTasks()
    const cancelled = firstChanges(1, () => ({ state: 'cancelled' })).filter(({ kind }) => kind === 'task').map((change) => ({ ...change, seq: 99 }))
    pull(workspace, cancelled)
    expect(edit(workspace, adding(first))).toBe(1)
    expect(row(workspace)).toMatchObject({ standing: 'cancelled', shape_count: 1 })
  })
})
