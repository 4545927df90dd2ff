import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { draftRecords } from '../../../../electron/engine/db/repositories/drafts.ts'
import { readJournal } from '../../../../electron/engine/db/repositories/journal.ts'
import { keepReceivedJournal } from '../../../../electron/engine/db/repositories/knownRevisions.ts'
import { openNotices } from '../../../../electron/engine/db/repositories/notices.ts'
import { readMeta } from '../../../../electron/engine/db/repositories/meta.ts'
import { findTask } from '../../../../electron/engine/db/repositories/tasks.ts'
import { exportUnsent } from '../../../../electron/engine/work/exportUnsent.ts'
import { signIn } from '../../../../electron/engine/work/signIn.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { requireRevision, taskStory } from '../../../../electron/engine/work/taskStory.ts'
import type { Change } from '../../../../shared/api/records.ts'
import { Sha256Schema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import { ReviewSchema } from '../../../../shared/domain/review.ts'
import { RevisionRecordSchema } from '../../../../shared/domain/revisionRecord.ts'
import { A_SCHEMA_HASH, adding, aShape, aTask, firstChanges, taskId } from '../../../builders/records.ts'
import { aRevision, frozen, type FrozenRevision } from '../../../builders/revision.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { aServer, aWorkspaceWithTasks, edit, hashOf, pull, type TestWorkspace } from '../../../builders/workspace.ts'

const ada = { id: UserIdSchema.parse('ada'), name: 'Ada', roles: ['annotator' as const] }
const grace = { id: UserIdSchema.parse('grace'), name: 'Grace', roles: ['annotator' as const] }

it("refuses another person while the first one's work is not sent, and not after", () => {
  const workspace = aWorkspaceWithTasks()
  const refused = expect.objectContaining({ code: 'notAllowed' }) as Error
  signIn(workspace, ada)
  edit(workspace, adding(aShape()))
  expect(() => { signIn(workspace, grace) }).toThrow(refused)
  submitTask(workspace, taskId('task-1'), 0)
  expect(() => { signIn(workspace, grace) }).toThrow(refused)
  signIn(workspace, { ...ada, name: 'Ada L.' })
  const store = createSyncStore(workspace)
  const server = aServer().knownTo(workspace)
  for (const { commit } of store.dueOutbox(Number.MAX_SAFE_INTEGER, 9)) store.acceptReceipt(server.receiptFor(commit))
  signIn(workspace, grace)
  expect(readMeta(workspace.db, 'user')).toEqual(grace)
})

it('lets another person in once the work is exported, and never sends it under the new name', async () => {
  const workspace = aWorkspaceWithTasks(2)
  const store = createSyncStore(workspace)
  signIn(workspace, ada)
  edit(workspace, adding(aShape()))
  submitTask(workspace, taskId('task-1'), 0)
  edit(workspace, adding(aShape({ id: 'draft' })), taskId('task-2'))
  await exportUnsent(workspace, { directory: join(temporaryFolder(), 'out') })
  edit(workspace, adding(aShape({ id: 'later' })), taskId('task-2'))
  expect(() => { signIn(workspace, grace) }).toThrow(expect.objectContaining({ code: 'notAllowed' }))
  await exportUnsent(workspace, { directory: join(temporaryFolder(), 'again') })
  signIn(workspace, grace)
  expect(store.dueOutbox(Number.MAX_SAFE_INTEGER, 9)).toEqual([])
  expect(store.outboxCounts()).toEqual({ waiting: 0, dead: 1 })
  expect(store.cursor()).toBeUndefined()
  expect(findTask(workspace.db, taskId('task-2'))?.state).toBe('released')
  // What the orchestrator gives to the new person is theirs to work on, from what was submitted and not from somebody else's draft.
  pull(workspace, firstChanges(2))
  expect(findTask(workspace.db, taskId('task-2'))).toMatchObject({ state: 'assigned', standing: 'new' })
  expect(draftRecords(workspace.db, taskId('task-2'))).toEqual([])
  expect(draftRecords(workspace.db, taskId('task-1'))).toHaveLength(1)
  expect(openNotices(workspace.db)).toMatchObject([{ code: 'draftLaidAside', taskId: 'task-2', details: { person: 'Ada' } }])
  // Nothing of it is gone: it is a step back in the task's own history.
  const [lastEdit] = readJournal(workspace.db, taskId('task-2')).slice(-1)
  expect(Object.keys(lastEdit?.diff.removed ?? {}).sort()).toEqual(['draft', 'later'])
})

describe('roles that change', () => {
  const someone = { id: UserIdSchema.parse('ada'), name: 'Ada' }
  const rows = ({ db }: TestWorkspace, table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  const theirs = frozen(aRevision({ taskId: 'task-2', author: 'ben', device: 'laptop', journalLength: 1 }))
  const beside = frozen(aRevision({ author: 'ben', device: 'laptop' }))

  /** A reviewer with a task of their own, which somebody else answered too, and one of Ben's. */
  function aReviewer(): TestWorkspace {
    const workspace = aWorkspaceWithTasks()
    signIn(workspace, { ...someone, roles: ['reviewer'] })
    edit(workspace, adding(aShape()))
    const journal = { bytes: Buffer.from('{}\n'), sha256: Sha256Schema.parse(hashOf(Buffer.from('{}\n'))) }
    const record = ({ revision: { taskId: of }, revisionId }: FrozenRevision, seq: number): Change => ({
      kind: 'revision', op: 'upsert', seq,
      record: RevisionRecordSchema.parse({
        id: revisionId, taskId: of, author: 'ben', device: 'laptop', schemaHash: A_SCHEMA_HASH, parents: [], late: false, receivedAt: '2026-05-04T12:00:00.000Z', journalSha256: journal.sha256, journalLength: 1,
      }),
    })
    const said = { revisionId: theirs.revisionId, taskId: 'task-2', decision: 'rejected', reasons: ['missedObject'], comment: '', createdAt: '2026-05-05T12:00:00.000Z' }
    pull(workspace, [
      { kind: 'task', op: 'upsert', seq: 201, record: aTask({ id: 'task-2', assignee: 'ben', state: 'submitted' }) },
      record(theirs, 202), record(beside, 203),
      { kind: 'review', op: 'upsert', seq: 204, record: ReviewSchema.parse({ ...said, id: 'review-1', reviewer: 'carl' }) },
      { kind: 'review', op: 'upsert', seq: 205, record: ReviewSchema.parse({ ...said, id: 'review-2', reviewer: 'ada' }) },
    ])
    const store = createSyncStore(workspace)
    for (const { revision, revisionId, bytes } of [theirs, beside]) store.keepVersion(revision.taskId, revisionId, bytes)
    keepReceivedJournal(workspace.db, journal.sha256, theirs.revision.taskId, journal.bytes)
    return workspace
  }

  it('make the next pull begin at the start when they let a person see more, and only then', () => {
    const workspace = aWorkspaceWithTasks()
    signIn(workspace, { ...someone, roles: ['annotator'] })
    const store = createSyncStore(workspace)
    expect(store.cursor()).toBeDefined()
    signIn(workspace, { ...someone, roles: ['annotator', 'reviewer'] })
    expect(store.cursor()).toBeUndefined()
    pull(workspace, firstChanges(1))
    signIn(workspace, { ...someone, roles: ['reviewer'] })
    signIn(workspace, { ...someone, roles: ['annotator'] })
    expect(store.cursor()).toBeDefined()
  })

  it("take the results of others away from somebody who reviews no more, but for what stands beside their own work", () => {
    const workspace = aReviewer()
    expect(['known_revisions', 'remote_revisions', 'received_journals', 'revision_facts', 'reviews'].map((table) => rows(workspace, table))).toEqual([2, 2, 1, 2, 2])
    signIn(workspace, { ...someone, roles: ['annotator'] })
    expect(['known_revisions', 'received_journals', 'agreements'].map((table) => rows(workspace, table))).toEqual([0, 0, 0])
    expect(() => requireRevision(workspace.db, theirs.revisionId)).toThrow('There is no revision')
    expect(requireRevision(workspace.db, beside.revisionId)).toMatchObject({ author: 'ben' })
    expect(rows(workspace, 'revision_facts')).toBe(1)
    expect(taskStory(workspace.db, taskId('task-2')).reviews).toMatchObject([{ reviewer: 'ada' }])
  })
})
