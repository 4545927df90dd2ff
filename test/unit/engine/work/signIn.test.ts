import { expect, it } from 'vitest'
import { readMeta } from '../../../../electron/engine/db/repositories/meta.ts'
import { signIn } from '../../../../electron/engine/work/signIn.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { UserIdSchema } from '../../../../shared/domain/ids.ts'
import { adding, aShape, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspaceWithTasks, edit } from '../../../builders/workspace.ts'

const ada = { id: UserIdSchema.parse('ada'), name: 'Ada' }
const grace = { id: UserIdSchema.parse('grace'), name: 'Grace' }

it("refuses another person while the first one's work is not sent, and not after", () => {
  const workspace = aWorkspaceWithTasks()
  const refused = expect.objectContaining({ code: 'notAllowed' }) as Error
  signIn(workspace.db, ada)
  edit(workspace, adding(aShape()))
  expect(() => { signIn(workspace.db, grace) }).toThrow(refused)
  submitTask(workspace, taskId('task-1'), 0)
  expect(() => { signIn(workspace.db, grace) }).toThrow(refused)
  signIn(workspace.db, { ...ada, name: 'Ada L.' })
  const store = createSyncStore(workspace)
  const server = aServer().knownTo(workspace)
  for (const { commit } of store.dueOutbox(Number.MAX_SAFE_INTEGER, 9)) store.acceptReceipt(server.receiptFor(commit))
  signIn(workspace.db, grace)
  expect(readMeta(workspace.db, 'user')).toEqual(grace)
})
