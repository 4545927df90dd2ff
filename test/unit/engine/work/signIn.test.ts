import { join } from 'node:path'
import { expect, it } from 'vitest'
import { draftRecords } from '../../../../electron/engine/db/repositories/drafts.ts'
import { readJournal } from '../../../../electron/engine/db/repositories/journal.ts'
import { openNotices } from '../../../../electron/engine/db/repositories/notices.ts'
import { readMeta } from '../../../../electron/engine/db/repositories/meta.ts'
import { findTask } from '../../../../electron/engine/db/repositories/tasks.ts'
import { exportUnsent } from '../../../../electron/engine/work/exportUnsent.ts'
import { signIn } from '../../../../electron/engine/work/signIn.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { UserIdSchema } from '../../../../shared/domain/ids.ts'
import { adding, aShape, firstChanges, taskId } from '../../../builders/records.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { aServer, aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'

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
