import { describe, expect, it } from 'vitest'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { receiptRows } from '../../../../electron/engine/db/repositories/receipts.ts'
import { findTask, setTaskState } from '../../../../electron/engine/db/repositories/tasks.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { requireTask } from '../../../../electron/engine/work/requireTask.ts'
import { retrySubmission } from '../../../../electron/engine/work/retrySubmission.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { InstantSchema, RevisionIdSchema, SubmissionIdSchema } from '../../../../shared/domain/ids.ts'
import { adding, aShape, aTask, firstChanges, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspaceWithTasks, edit, hashOf, pull } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const note = { at: InstantSchema.parse('2026-05-01T10:00:00.000Z'), kind: 'transient' as const, message: 'later' }

function withOneSubmission() {
  const workspace = aWorkspaceWithTasks()
  const server = aServer().knownTo(workspace)
  edit(workspace, adding(aShape()))
  submitTask(workspace, task, 0)
  const store = createSyncStore(workspace)
  const [item] = store.dueOutbox(workspace.clock.now(), 10)
  if (item === undefined) throw new Error('nothing in the outbox')
  return { workspace, server, store, item }
}

describe('the outbox', () => {
  it('gives out the very bytes that were frozen, at each attempt', () => {
    const { store, item } = withOneSubmission()
    const first = store.submissionBytes(item.submissionId)
    expect(hashOf(first)).toBe(item.sha256)
    expect(store.submissionBytes(item.submissionId)).toEqual(first)
  })

  it('puts off what failed, lays aside what was refused, and brings it back on demand', () => {
    const { workspace, store, item } = withOneSubmission()
    const later = workspace.clock.now() + 60_000
    store.scheduleRetry(item.submissionId, later, note)
    expect(store.dueOutbox(workspace.clock.now(), 10)).toEqual([])
    expect(store.nextDueAt()).toBe(later)
    store.markBlobStored(item.submissionId)
    expect(store.dueOutbox(later, 10)).toMatchObject([{ attempts: 1, blobStored: true }])
    store.deadLetter(item.submissionId, { ...note, kind: 'refused' })
    expect(store.outboxCounts()).toEqual({ waiting: 0, dead: 1 })
    expect(store.nextDueAt()).toBeUndefined()
    retrySubmission(workspace, item.submissionId)
    expect(store.dueOutbox(workspace.clock.now(), 10)).toMatchObject([{ submissionId: item.submissionId, sha256: item.sha256, blobStored: false }])
    expect(findTask(workspace.db, task)?.standing).toBe('queued')
  })

  it('lets a later revision of the task wait for the earlier one, and not for a refused one', () => {
    const { workspace, store, item: first } = withOneSubmission()
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    submitTask(workspace, task, 0)
    const later = workspace.clock.now() + 60_000
    store.scheduleRetry(first.submissionId, later, note)
    expect(store.dueOutbox(workspace.clock.now(), 10)).toEqual([])
    expect(store.nextDueAt()).toBe(later)
    expect(store.dueOutbox(later, 10).map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2])
    store.deadLetter(first.submissionId, { ...note, kind: 'refused' })
    expect(store.dueOutbox(workspace.clock.now(), 10).map(({ deviceSeq }) => deviceSeq)).toEqual([2])
  })

  it('knows nothing of a submission that never was', () => {
    const { workspace, store } = withOneSubmission()
    const unknown = SubmissionIdSchema.parse('nobody')
    expect(() => { retrySubmission(workspace, unknown) }).toThrow(expect.objectContaining({ code: 'notFound' }))
    expect(() => { store.markBlobStored(unknown) }).toThrow('Expected to change 1 rows')
  })
})

describe('acceptReceipt', () => {
  it('takes the submission out of the outbox and keeps the receipt', () => {
    const { workspace, server, store, item } = withOneSubmission()
    store.acceptReceipt(server.receiptFor(item.commit))
    expect(store.outboxCounts()).toEqual({ waiting: 0, dead: 0 })
    expect(findTask(workspace.db, task)).toMatchObject({ standing: 'submitted', state: 'submitted' })
    expect(receiptRows(workspace.db, 0, 10)).toMatchObject({ total: 1, rows: [{ submissionId: item.submissionId, name: 'street-1.jpg', late: false }] })
    expect(auditOfTask(workspace.db, task).at(-1)).toMatchObject({ type: 'receiptReceived', payload: { details: { sha256: item.sha256, late: false } } })
  })

  it('keeps a receipt for late work, which leaves the task as the server told', () => {
    const { workspace, server, store, item } = withOneSubmission()
    // It went to somebody else and came back before the lost answer was asked for again.
    pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'assigned' }) }])
    store.acceptReceipt(server.receiptFor(item.commit, { late: true }))
    expect(findTask(workspace.db, task)).toMatchObject({ state: 'assigned', headRevision: null })
    expect(receiptRows(workspace.db, 0, 10)).toMatchObject({ rows: [{ submissionId: item.submissionId, late: true }] })
  })

  it('leaves a head alone that a pull brought in the meantime', () => {
    const { workspace, server, store, item } = withOneSubmission()
    const newer = RevisionIdSchema.parse('ab'.repeat(32))
    const stored = requireTask(workspace.db, task)
    setTaskState(workspace.db, task, 'submitted', newer, stored.seq)
    store.acceptReceipt(server.receiptFor(item.commit))
    expect(findTask(workspace.db, task)).toMatchObject({ headRevision: newer })
  })

  it('says nothing of the newest version that a pull did not say: the orchestrator took this one before another', () => {
    const { workspace, server, store, item: first } = withOneSubmission()
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    submitTask(workspace, task, 0)
    const second = store.dueOutbox(workspace.clock.now(), 10).at(-1)
    if (second === undefined) throw new Error('nothing in the outbox')
    // The answer to the second was lost, the first came after it, and a pull told so.
    pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'submitted', headRevision: first.revisionId }) }])
    store.acceptReceipt(server.receiptFor(first.commit))
    store.acceptReceipt(server.receiptFor(second.commit))
    expect(findTask(workspace.db, task)).toMatchObject({ state: 'submitted', headRevision: first.revisionId })
  })

  it('is taken once, however often it comes', () => {
    const { workspace, server, store, item } = withOneSubmission()
    store.acceptReceipt(server.receiptFor(item.commit))
    store.acceptReceipt(server.receiptFor(item.commit))
    expect(auditOfTask(workspace.db, task).filter(({ type }) => type === 'receiptReceived')).toHaveLength(1)
  })

  it.each([
    ['other bytes', { sha256: 'e'.repeat(64) }, { kind: 'conflict' }],
    ['another revision', { revisionId: 'e'.repeat(64) }, { kind: 'conflict' }],
    ['a submission that is not ours', { submissionId: 'other' }, { kind: 'corrupt' }],
    ['a server key that is not known', { serverKeyId: 'other' }, { kind: 'corrupt' }],
    ['a changed statement', { signature: 'AAAA' }, { kind: 'corrupt' }],
  ])('refuses a receipt for %s and keeps the submission', (_, fields, failure) => {
    const { server, store, item } = withOneSubmission()
    const receipt = 'signature' in fields ? { ...server.receiptFor(item.commit), ...fields } : server.receiptFor(item.commit, fields)
    expect(() => { store.acceptReceipt(receipt) }).toThrow(expect.objectContaining({ failure: expect.objectContaining(failure) as unknown }))
    expect(store.outboxCounts().waiting).toBe(1)
  })

  it('leaves a task in progress when the person has gone on', () => {
    const { workspace, server, store, item } = withOneSubmission()
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    store.acceptReceipt(server.receiptFor(item.commit))
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
  })

  it('shows what the reviewer said already, when the pull was faster than the receipt', () => {
    const { workspace, server, store, item } = withOneSubmission()
    pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'accepted', headRevision: item.revisionId }) }])
    expect(findTask(workspace.db, task)?.standing).toBe('queued')
    store.acceptReceipt(server.receiptFor(item.commit))
    expect(findTask(workspace.db, task)?.standing).toBe('accepted')
  })
})

describe('the server key', () => {
  it('is remembered, and another one under its name is refused', () => {
    const { workspace, server, store } = withOneSubmission()
    store.rememberServerKey(server.registration)
    expect(() => { aServer().knownTo(workspace) }).toThrow(expect.objectContaining({ failure: { kind: 'conflict', status: 200, code: 'serverKeyChanged' } }))
    expect(() => { aServer('server-key-2').knownTo(workspace) }).not.toThrow()
  })
})

describe('a new server epoch', () => {
  it('offers again what only the old one had given a receipt for, with the same id and bytes', () => {
    const { workspace, server, store, item } = withOneSubmission()
    const bytes = store.submissionBytes(item.submissionId)
    store.acceptReceipt(server.receiptFor(item.commit))
    store.startNewServerEpoch('two')
    expect(store.cursor()).toBeUndefined()
    expect(store.dueOutbox(workspace.clock.now(), 10)).toMatchObject([{ submissionId: item.submissionId, deviceSeq: item.deviceSeq, blobStored: false }])
    expect(store.submissionBytes(item.submissionId)).toEqual(bytes)
    expect(findTask(workspace.db, task)?.standing).toBe('queued')
    pull(workspace, firstChanges(1), { epoch: 'two' })
    expect(store.cursor()).toEqual({ epoch: 'two', cursor: 'cursor-4' })
    expect(findTask(workspace.db, task)).toMatchObject({ standing: 'queued', seq: 4 })
    store.acceptReceipt(server.receiptFor(item.commit))
    store.startNewServerEpoch('two')
    expect(store.outboxCounts().waiting).toBe(0)
  })

  it('is noticed even when the server changes it again before the first page', () => {
    const { server, store, item, workspace } = withOneSubmission()
    store.acceptReceipt(server.receiptFor(item.commit))
    store.startNewServerEpoch('two')
    pull(workspace, firstChanges(1), { epoch: 'three' })
    expect(store.cursor()?.epoch).toBe('three')
    expect(store.outboxCounts().waiting).toBe(1)
  })
})
