import { describe, expect, it } from 'vitest'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { openStatementRows } from '../../../../electron/engine/db/repositories/statements.ts'
import { writeMeta } from '../../../../electron/engine/db/repositories/meta.ts'
import { inTransaction } from '../../../../electron/engine/db/transaction.ts'
import { addComment } from '../../../../electron/engine/work/addComment.ts'
import { beginCorrection, acceptCorrection, decide } from '../../../../electron/engine/work/decide.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { retryStatement } from '../../../../electron/engine/work/statements.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { InstantSchema } from '../../../../shared/domain/ids.ts'
import { adding, aShape, aTask, taskId } from '../../../builders/records.ts'
import { aRevision, frozen } from '../../../builders/revision.ts'
import { aServer, aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const note = { at: InstantSchema.parse('2026-05-01T10:00:00.000Z'), kind: 'transient' as const, message: 'later' }
const opened = { kind: 'opened', anchor: { kind: 'task' }, text: 'Look here' } as const

/** Ada reviews what Ben handed in. */
function reviewing() {
  const workspace = aWorkspaceWithTasks()
  inTransaction(workspace.db, () => { writeMeta(workspace.db, 'user', { id: workspace.userId, name: 'Ada', roles: ['reviewer'] }) })
  const server = aServer().knownTo(workspace)
  const store = createSyncStore(workspace)
  const result = frozen(aRevision({ author: 'ben', device: 'bens', shapes: [aShape({ id: 'bens-shape', createdBy: 'ben' })] }))
  pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'submitted', assignee: 'ben', headRevision: result.revisionId }) }])
  store.keepVersion(task, result.revisionId, result.bytes)
  const due = () => store.dueStatements(Number.MAX_SAFE_INTEGER, 10)
  return { workspace, server, store, result, revisionId: result.revisionId, due }
}

describe('a decision', () => {
  it('waits like a submission, is due at once, and stays due until its own receipt is here', () => {
    const { workspace, server, store, revisionId, due } = reviewing()
    const review = decide(workspace, { taskId: task, revisionId, decision: 'rejected', reasons: ['wrongClass'], comment: '' })
    expect(due()).toMatchObject([{ id: review.id, statement: { kind: 'review', record: review } }])
    expect(store.outboxCounts()).toEqual({ waiting: 1, dead: 0 })
    expect(() => { store.acceptStatementReceipt(server.statementReceiptFor({ kind: 'review', record: { ...review, decision: 'accepted' } })) }).toThrow('The orchestrator holds')
    expect(() => { store.acceptStatementReceipt({ ...server.statementReceiptFor({ kind: 'review', record: review }), signature: 'x' }) }).toThrow('not signed')
    store.acceptStatementReceipt(server.statementReceiptFor({ kind: 'review', record: review }))
    expect(due()).toEqual([])
    expect(store.outboxCounts()).toEqual({ waiting: 0, dead: 0 })
    expect(auditOfTask(workspace.db, task).slice(-2).map(({ type }) => type)).toEqual(['reviewed', 'statementAcknowledged'])
  })

  it('is for reviewers, on the results of others that are here, and says why it rejects', () => {
    const { workspace, store, revisionId } = reviewing()
    const request = { taskId: task, revisionId, decision: 'rejected' as const, reasons: ['other' as const], comment: '' }
    expect(() => decide(workspace, { ...request, reasons: [] })).toThrow('needs a reason')
    const own = frozen(aRevision({ author: 'ada', device: 'laptop' }))
    store.keepVersion(task, own.revisionId, own.bytes)
    expect(() => decide(workspace, { ...request, revisionId: own.revisionId })).toThrow('their own')
    expect(() => decide(workspace, { ...request, revisionId: frozen(aRevision({ author: 'carl' })).revisionId })).toThrow('There is no revision')
    inTransaction(workspace.db, () => { writeMeta(workspace.db, 'user', { id: workspace.userId, name: 'Ada', roles: ['annotator'] }) })
    expect(() => decide(workspace, request)).toThrow('role of a reviewer')
    expect(store.outboxCounts()).toEqual({ waiting: 0, dead: 0 })
  })

  it('that is refused stays, to be seen and offered again', () => {
    const { workspace, store, revisionId, due } = reviewing()
    const { id } = decide(workspace, { taskId: task, revisionId, decision: 'accepted', reasons: [], comment: '' })
    store.refuseStatement(id, { ...note, kind: 'refused' })
    expect(store.outboxCounts()).toEqual({ waiting: 0, dead: 1 })
    expect(openStatementRows(workspace.db)).toMatchObject([{ id, kind: 'review', state: 'dead', error: { message: 'later' } }])
    retryStatement(workspace, id)
    expect(due()).toMatchObject([{ id }])
  })
})

describe('what is said of a task', () => {
  it('keeps its order: the later ones wait for the one that is put off, those of other tasks do not', () => {
    const workspace = aWorkspaceWithTasks(2)
    const store = createSyncStore(workspace)
    const first = addComment(workspace, { taskId: task, act: opened })
    addComment(workspace, { taskId: task, threadId: first.id, act: { kind: 'resolved' } })
    const other = addComment(workspace, { taskId: taskId('task-2'), act: opened })
    const later = workspace.clock.now() + 60_000
    store.postponeStatement(first.id, later, note)
    expect(store.dueStatements(workspace.clock.now(), 10)).toMatchObject([{ id: other.id }])
    expect(store.dueStatements(later, 10)).toHaveLength(3)
  })

  it('names its thread unless it opens one', () => {
    const workspace = aWorkspaceWithTasks()
    expect(() => addComment(workspace, { taskId: task, act: { kind: 'resolved' } })).toThrow('name their thread')
  })
})

describe('a correction', () => {
  it('begins with the result as it is, and is accepted only after its own submission has its receipt', () => {
    const { workspace, server, store, revisionId, due } = reviewing()
    beginCorrection(workspace, task, revisionId)
    edit(workspace, adding(aShape({ id: 'mended' })))
    const done = acceptCorrection(workspace, task, revisionId, 1000, '')
    if (done.kind !== 'accepted') throw new Error('not accepted')
    expect(done.review).toMatchObject({ decision: 'accepted', corrects: revisionId })
    expect(due()).toEqual([])
    const [item] = store.dueOutbox(Number.MAX_SAFE_INTEGER, 10)
    if (item === undefined) throw new Error('nothing in the outbox')
    expect(JSON.parse(Buffer.from(store.submissionBytes(item.submissionId)).toString())).toMatchObject({ parents: [revisionId], shapes: [{ id: 'bens-shape' }, { id: 'mended' }] })
    store.acceptReceipt(server.receiptFor(item.commit))
    expect(due()).toMatchObject([{ id: done.review.id }])
  })

  it('does not begin over edits of one\'s own', () => {
    const { workspace, revisionId } = reviewing()
    edit(workspace, adding(aShape({ id: 'own' })))
    expect(() => { beginCorrection(workspace, task, revisionId) }).toThrow('edits of your own')
  })
})

describe('the edit history of a submission', () => {
  it('is sent once the server holds the submission, as the bytes that the revision names', () => {
    const workspace = aWorkspaceWithTasks()
    const server = aServer().knownTo(workspace)
    const store = createSyncStore(workspace)
    edit(workspace, adding(aShape({ id: 'own' })))
    submitTask(workspace, task, 0)
    expect(store.journalBacklog()).toBe(0)
    for (const { commit } of store.dueOutbox(Number.MAX_SAFE_INTEGER, 9)) store.acceptReceipt(server.receiptFor(commit))
    const [journal] = store.journalsToSend(10)
    if (journal === undefined) throw new Error('no history to send')
    expect(Buffer.from(store.journalBytes(journal)).toString()).toMatch(/^\{"at":.*"name":"addShape","seq":1\}\n$/)
    expect(store.journalToSend(journal.submissionId)).toEqual(journal)
    store.noteJournals([journal], 'sent')
    expect(store.journalToSend(journal.submissionId)).toBeUndefined()
    expect(store.journalBacklog()).toBe(0)
  })
})
