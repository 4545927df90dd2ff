import { describe, expect, it } from 'vitest'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { draftRecords } from '../../../../electron/engine/db/repositories/drafts.ts'
import { findTask } from '../../../../electron/engine/db/repositories/tasks.ts'
import { settleVersion } from '../../../../electron/engine/work/settleVersion.ts'
import { skipTask } from '../../../../electron/engine/work/skipTask.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { taskNotices } from '../../../../electron/engine/work/taskNotices.ts'
import { versionPair, versionRows } from '../../../../electron/engine/work/versions.ts'
import type { Revision } from '../../../../shared/domain/revision.ts'
import { adding, aShape, aTask, taskId } from '../../../builders/records.ts'
import { aRevision, frozen, type FrozenRevision } from '../../../builders/revision.ts'
import { aServer, aWorkspaceWithTasks, edit, pull, type TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const box = (x: number) => ({ kind: 'rectangle', x, y: 20, width: 30, height: 40 })
const theirShape = aShape({ id: 'theirs', geometry: box(300) })

let seq = 100
/** The server's newest version of the task, and those beside it. */
function tell(workspace: TestWorkspace, head: string, otherRevisions: string[] = [], fields: Record<string, unknown> = {}): void {
  pull(workspace, [{ kind: 'task', op: 'upsert', seq: ++seq, record: aTask({ state: 'submitted', headRevision: head, otherRevisions, ...fields }) }])
}

/** As sync does it after a pull. */
function arrive(workspace: TestWorkspace, version: FrozenRevision): void {
  const store = createSyncStore(workspace)
  expect(store.missingVersions(9, task)).toMatchObject([{ taskId: task, revisionId: version.revisionId, assetId: 'asset-1' }])
  store.keepVersion(task, version.revisionId, version.bytes)
}

const elsewhere = (fields: Record<string, unknown> = {}) => frozen(aRevision({ device: 'laptop', shapes: [theirShape], ...fields }))

/** Submitted here, acknowledged, and then another device submitted beside it. */
function contested(theirs = elsewhere()) {
  const workspace = aWorkspaceWithTasks()
  edit(workspace, adding(aShape({ id: 'mine' })))
  const mine = submit(workspace)
  tell(workspace, theirs.revisionId, [mine.id])
  arrive(workspace, theirs)
  return { workspace, mine, theirs }
}

/** Submits, lets the orchestrator take it, and answers what was frozen. */
function submit(workspace: TestWorkspace): { id: string; revision: Revision } {
  submitTask(workspace, task, 0)
  return acknowledge(workspace)
}

function acknowledge(workspace: TestWorkspace): { id: string; revision: Revision } {
  const store = createSyncStore(workspace)
  const server = aServer(`key-${++seq}`).knownTo(workspace)
  const [item] = store.dueOutbox(Number.MAX_SAFE_INTEGER, 9)
  if (item === undefined) throw new Error('nothing in the outbox')
  const revision = JSON.parse(Buffer.from(store.submissionBytes(item.submissionId)).toString()) as Revision
  store.acceptReceipt(server.receiptFor(item.commit))
  return { id: item.revisionId, revision }
}

const shapesIn = (workspace: TestWorkspace) => draftRecords(workspace.db, task).map(({ id }) => id)

describe('a version from elsewhere', () => {
  it('is a conflict beside a result of this device, and both are there to be compared', () => {
    const { workspace, theirs } = contested()
    expect(versionRows(workspace.db)).toMatchObject([{ taskId: task, name: 'street-1.jpg', relation: 'conflict', mine: { shapes: 1, edited: false }, theirs: { revisionId: theirs.revisionId, shapes: 1 } }])
    expect(versionPair(workspace.db, task)).toMatchObject({ mine: { shapes: [{ id: 'mine' }] }, theirs: { shapes: [{ id: 'theirs' }], sameDevice: false }, further: 0 })
    expect(taskNotices(workspace, task)).toMatchObject([{ kind: 'otherVersion', relation: 'conflict', author: 'ada' }])
    expect(auditOfTask(workspace.db, task).at(-1)).toMatchObject({ type: 'versionReceived', payload: { details: { revisionId: theirs.revisionId, device: 'laptop', same: false } } })
    expect(shapesIn(workspace)).toEqual(['mine'])
  })

  it('is a conflict with work that is not submitted yet, which does not grow from it either', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape({ id: 'mine' })))
    const theirs = elsewhere()
    tell(workspace, theirs.revisionId)
    expect(versionRows(workspace.db)).toMatchObject([{ relation: 'conflict', mine: { edited: true } }])
    arrive(workspace, theirs)
    expect(submit(workspace).revision.parents).toEqual([])
  })

  it('is none when it says the same, whichever came first', () => {
    const same = [aShape({ id: 'another-id', createdBy: 'grace' })]
    const { workspace } = contested(elsewhere({ shapes: same }))
    expect(versionRows(workspace.db)).toEqual([])
    const late = aWorkspaceWithTasks()
    edit(late, adding(aShape({ id: 'mine' })))
    const theirs = elsewhere({ shapes: same })
    tell(late, theirs.revisionId)
    arrive(late, theirs)
    expect(submit(late).revision.parents).toEqual([theirs.revisionId])
    expect(versionRows(late.db)).toEqual([])
  })

  it('goes further than the work here when it grew from it', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape({ id: 'mine' })))
    const mine = submit(workspace)
    const theirs = elsewhere({ parents: [mine.id] })
    tell(workspace, theirs.revisionId)
    arrive(workspace, theirs)
    expect(versionRows(workspace.db)).toMatchObject([{ relation: 'newer' }])
    expect(settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'theirs' })).toEqual({ next: 'upToDate' })
    expect(shapesIn(workspace)).toEqual(['theirs'])
    expect(findTask(workspace.db, task)?.standing).toBe('submitted')
    edit(workspace, adding(aShape({ id: 'further' })))
    expect(submit(workspace).revision.parents).toEqual([theirs.revisionId])
  })

  it('is there to start from where nothing was done here, and is fetched only when it is asked for', () => {
    const workspace = aWorkspaceWithTasks()
    const theirs = elsewhere()
    tell(workspace, theirs.revisionId, [], { state: 'returned' })
    expect(createSyncStore(workspace).missingVersions(9)).toEqual([])
    expect(versionRows(workspace.db)).toEqual([])
    expect(taskNotices(workspace, task)).toEqual([{ kind: 'otherVersion', relation: 'elsewhere' }])
    arrive(workspace, theirs)
    settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'theirs' })
    expect(findTask(workspace.db, task)?.standing).toBe('returned')
    expect(submit(workspace).revision).toMatchObject({ parents: [theirs.revisionId], shapes: [{ id: 'theirs' }] })
  })

  it('is not kept when its bytes are others, or of another task', () => {
    const workspace = aWorkspaceWithTasks(2)
    const store = createSyncStore(workspace)
    const corrupt = expect.objectContaining({ failure: { kind: 'corrupt' } }) as Error
    expect(() => { store.keepVersion(task, elsewhere().revisionId, Buffer.from('{}')) }).toThrow(corrupt)
    const other = elsewhere({ taskId: 'task-2' })
    expect(() => { store.keepVersion(task, other.revisionId, other.bytes) }).toThrow(corrupt)
  })

  it('does not matter any more for a cancelled task', () => {
    const { workspace, theirs, mine } = contested()
    tell(workspace, theirs.revisionId, [mine.id], { state: 'cancelled' })
    expect(versionRows(workspace.db)).toEqual([])
  })
})

describe('a decision about two versions', () => {
  it('keeps mine as the newest revision, grown from both', () => {
    const { workspace, mine, theirs } = contested()
    expect(settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'mine' })).toEqual({ next: 'submitted' })
    expect(acknowledge(workspace).revision).toMatchObject({ parents: [mine.id, theirs.revisionId], shapes: [{ id: 'mine' }] })
    expect(versionRows(workspace.db)).toEqual([])
    expect(auditOfTask(workspace.db, task).map(({ type }) => type)).toEqual(expect.arrayContaining(['versionReceived', 'versionSettled', 'submitted']))
  })

  it('takes theirs as the newest revision, by an edit that can be undone', () => {
    const { workspace, mine, theirs } = contested()
    expect(settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'theirs' })).toEqual({ next: 'submitted' })
    expect(acknowledge(workspace).revision).toMatchObject({ parents: [mine.id, theirs.revisionId], shapes: [{ id: 'theirs' }], journalLength: 2 })
    expect(shapesIn(workspace)).toEqual(['theirs'])
  })

  it('takes over that the other one passed the task over', () => {
    const { workspace, theirs } = contested(elsewhere({ shapes: [], outcome: { kind: 'skipped', reason: 'too dark' } }))
    settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'theirs' })
    expect(acknowledge(workspace).revision).toMatchObject({ outcome: { kind: 'skipped', reason: 'too dark' }, shapes: [] })
  })

  it('goes on with the shapes of both, and hands in when the person does', () => {
    const { workspace, mine, theirs } = contested()
    expect(settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'both' })).toEqual({ next: 'edit' })
    expect(shapesIn(workspace)).toEqual(['mine', 'theirs'])
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
    expect(submit(workspace).revision).toMatchObject({ parents: [mine.id, theirs.revisionId], shapes: [{ id: 'mine' }, { id: 'theirs' }] })
  })

  it('never submits edits that the person did not', () => {
    const { workspace, theirs } = contested()
    edit(workspace, adding(aShape({ id: 'unfinished' })))
    expect(settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'mine' })).toEqual({ next: 'edit' })
    expect(createSyncStore(workspace).outboxCounts().waiting).toBe(0)
  })

  it('leaves to the person what the label schema of the task does not allow', () => {
    const { workspace, theirs } = contested(elsewhere({ shapes: [aShape({ id: 'theirs', classId: 'tram', geometry: box(300) })] }))
    expect(settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'theirs' })).toEqual({ next: 'edit' })
    expect(createSyncStore(workspace).outboxCounts().waiting).toBe(0)
  })

  it('is not made about a version that the person did not see', () => {
    const { workspace, theirs } = contested()
    settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'both' })
    expect(() => { settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'theirs' }) }).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('stands although the revision that said so was refused', () => {
    const { workspace, mine, theirs } = contested()
    settleVersion(workspace, { taskId: task, revisionId: theirs.revisionId, take: 'mine' })
    const store = createSyncStore(workspace)
    const [item] = store.dueOutbox(Number.MAX_SAFE_INTEGER, 1)
    if (item === undefined) throw new Error('nothing in the outbox')
    store.deadLetter(item.submissionId, { at: '2026-05-01T10:00:00.000Z' as never, kind: 'refused', message: 'no' })
    skipTask(workspace, task, 0, 'too dark')
    expect(acknowledge(workspace).revision.parents).toEqual([mine.id, theirs.revisionId])
  })
})
