import { describe, expect, it } from 'vitest'
import { dismissNotices, openNotices } from '../../../../electron/engine/db/repositories/notices.ts'
import { inTransaction } from '../../../../electron/engine/db/transaction.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { taskFacts, taskNotices } from '../../../../electron/engine/work/taskNotices.ts'
import { InstantSchema } from '../../../../shared/domain/ids.ts'
import { adding, aPrediction, aProject, aShape, aTask, firstChanges, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspaceWithTasks, edit, pull, type TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const codes = (workspace: TestWorkspace) => openNotices(workspace.db).map(({ code }) => code)
const cancel = (workspace: TestWorkspace) => { pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'cancelled' }) }]) }
const takeAway = (workspace: TestWorkspace) => { pull(workspace, [{ kind: 'taskGone', op: 'delete', seq: 50, id: task }]) }

function withWork(): TestWorkspace {
  const workspace = aWorkspaceWithTasks()
  edit(workspace, adding(aShape()))
  return workspace
}

function acknowledge(workspace: TestWorkspace, fields: Record<string, unknown> = {}): void {
  const store = createSyncStore(workspace)
  const server = aServer().knownTo(workspace)
  for (const { commit } of store.dueOutbox(Number.MAX_SAFE_INTEGER, 9)) store.acceptReceipt(server.receiptFor(commit, fields))
}

describe('what happened', () => {
  it('tells of a cancelled task with work on it, and that the work is kept', () => {
    const workspace = withWork()
    cancel(workspace)
    expect(openNotices(workspace.db)).toMatchObject([{ code: 'taskCancelled', taskId: task, name: 'street-1.jpg', details: { unsent: 1 } }])
    expect(taskNotices(workspace, task)).toEqual([{ kind: 'closed', state: 'cancelled', unsent: true }])
  })

  it('tells that the server would take many tasks away, once for as long as it is so', () => {
    const workspace = withWork()
    const store = createSyncStore(workspace)
    for (const removals of [30, 30, 31]) store.noteRemovalsHeld(removals, 40)
    expect(openNotices(workspace.db)).toMatchObject([{ code: 'removalsHeld', details: { removals: 31, active: 40 } }])
    inTransaction(workspace.db, () => { dismissNotices(workspace.db, InstantSchema.parse('2026-01-01T00:00:00.000Z')) })
    store.noteRemovalsHeld(31, 40)
    expect(openNotices(workspace.db)).toEqual([])
  })

  it('does not tell of tasks that nobody here worked on', () => {
    const workspace = aWorkspaceWithTasks()
    cancel(workspace)
    expect(codes(workspace)).toEqual([])
    expect(taskNotices(workspace, task)).toEqual([])
  })

  it('tells of a task with unsent work that went to somebody else, and then that the work came late', () => {
    const workspace = withWork()
    takeAway(workspace)
    expect(codes(workspace)).toEqual(['taskReleased'])
    submitTask(workspace, task, 0)
    acknowledge(workspace, { late: true })
    expect(codes(workspace)).toEqual(['taskReleased', 'lateWork'])
    expect(taskNotices(workspace, task)).toMatchObject([{ kind: 'closed', state: 'released', unsent: false }, { kind: 'late' }])
  })

  it('does not tell of a task that went away when all was sent', () => {
    const workspace = withWork()
    submitTask(workspace, task, 0)
    acknowledge(workspace)
    takeAway(workspace)
    expect(codes(workspace)).toEqual([])
  })

  it('tells that the server went back in its history, and how much is sent again', () => {
    const workspace = withWork()
    submitTask(workspace, task, 0)
    acknowledge(workspace)
    pull(workspace, firstChanges(1), { epoch: 'one', cursor: 'x' })
    createSyncStore(workspace).startNewServerEpoch('two')
    expect(openNotices(workspace.db)).toMatchObject([{ code: 'serverRolledBack', details: { count: 1 } }])
  })

  it('tells of a changed label schema, and the task which version it is pinned to', () => {
    const workspace = withWork()
    const newer = 'c'.repeat(64)
    pull(workspace, [{ kind: 'project', op: 'upsert', seq: 60, record: aProject({ schemaHash: newer }) }])
    expect(openNotices(workspace.db)).toMatchObject([{ code: 'schemaChanged', details: { project: 'Streets', after: 'cccccccc' } }])
    expect(taskNotices(workspace, task)).toMatchObject([{ kind: 'newerSchema', current: newer }])
  })

  it('says the same once, until it is dismissed', () => {
    const workspace = aWorkspaceWithTasks()
    const refuse = (id: string) => { createSyncStore(workspace).applyPull({ epoch: 'one', cursor: id, more: false, changes: [], refused: [{ kind: 'task', id, reason: 'no image' }] }) }
    refuse('a')
    refuse('b')
    expect(openNotices(workspace.db)).toMatchObject([{ code: 'recordRefused', details: { record: 'task b' } }])
    inTransaction(workspace.db, () => { dismissNotices(workspace.db, InstantSchema.parse('2026-05-01T10:00:00.000Z')) })
    expect(codes(workspace)).toEqual([])
    refuse('c')
    expect(codes(workspace)).toEqual(['recordRefused'])
  })
})

it('what of an open task may change is told by what the orchestrator and the engine know now', () => {
  const workspace = withWork()
  expect(taskFacts(workspace.db, task)).toMatchObject({ state: 'assigned', journalSeq: 1, predictions: [] })
  pull(workspace, [{ kind: 'prediction', op: 'upsert', seq: 70, record: aPrediction() }, { kind: 'task', op: 'upsert', seq: 71, record: aTask({ state: 'cancelled' }) }])
  expect(taskFacts(workspace.db, task)).toMatchObject({ state: 'cancelled', journalSeq: 1, predictions: ['prediction-1'] })
})
