import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { outboxRows } from '../../../../electron/engine/db/repositories/outbox.ts'
import { findTask } from '../../../../electron/engine/db/repositories/tasks.ts'
import { recordAuditFork } from '../../../../electron/engine/work/auditFork.ts'
import { exportUnsent, UNSENT_FORMAT } from '../../../../electron/engine/work/exportUnsent.ts'
import { retrySubmission } from '../../../../electron/engine/work/retrySubmission.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { InstantSchema } from '../../../../shared/domain/ids.ts'
import { adding, aShape, taskId } from '../../../builders/records.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { aServer, aWorkspaceWithTasks, edit, hashOf } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const reason = { at: InstantSchema.parse('2026-05-01T10:00:00.000Z'), kind: 'refused' as const, message: 'The labels break rules of the label schema' }

function withOneRefused() {
  const workspace = aWorkspaceWithTasks(2)
  const store = createSyncStore(workspace)
  edit(workspace, adding(aShape()))
  submitTask(workspace, task, 0)
  const [refused] = store.dueOutbox(Number.MAX_SAFE_INTEGER, 1)
  if (refused === undefined) throw new Error('nothing in the outbox')
  store.deadLetter(refused.submissionId, reason)
  return { workspace, store, refused }
}

describe('a refused submission that is corrected', () => {
  it('is replaced by the next one, wants no decision any more, and stays to be seen', () => {
    const { workspace, store, refused } = withOneRefused()
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
    submitTask(workspace, task, 0)
    expect(store.outboxCounts()).toEqual({ waiting: 1, dead: 0 })
    expect(outboxRows(workspace.db)).toMatchObject([{ submissionId: refused.submissionId, state: 'replaced', error: reason }, { state: 'waiting' }])
    expect(auditOfTask(workspace.db, task).at(-1)?.payload.details).toMatchObject({ replaces: [refused.submissionId] })
    expect(() => { retrySubmission(workspace, refused.submissionId) }).toThrow(expect.objectContaining({ code: 'notAllowed' }))
  })

  it('is no parent of what replaces it: the orchestrator never had it', () => {
    const { workspace, store, refused } = withOneRefused()
    const server = aServer().knownTo(workspace)
    retrySubmission(workspace, refused.submissionId)
    store.acceptReceipt(server.receiptFor(refused.commit))
    const submitWith = (id: string) => {
      edit(workspace, adding(aShape({ id })))
      submitTask(workspace, task, 0)
      const item = store.dueOutbox(Number.MAX_SAFE_INTEGER, 1)[0]
      if (item === undefined) throw new Error('nothing in the outbox')
      return { item, parents: (JSON.parse(Buffer.from(store.submissionBytes(item.submissionId)).toString()) as { parents: string[] }).parents }
    }
    const second = submitWith('shape-2')
    expect(second.parents).toEqual([refused.revisionId])
    store.deadLetter(second.item.submissionId, reason)
    expect(submitWith('shape-3').parents).toEqual([refused.revisionId])
  })

  it('is not sent under another device name when the audit chain forked', () => {
    const { workspace, store, refused } = withOneRefused()
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    submitTask(workspace, task, 0)
    expect(recordAuditFork(workspace, 1)).toBe(true)
    expect(store.dueOutbox(Number.MAX_SAFE_INTEGER, 9).map(({ submissionId }) => submissionId)).not.toContain(refused.submissionId)
  })
})

describe('work that the orchestrator does not hold', () => {
  const filesOf = (folder: string) => readdirSync(folder).sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>)

  it('is exported with its commit, its revision and why it was refused', async () => {
    const { workspace, refused } = withOneRefused()
    const folder = join(temporaryFolder(), 'out')
    await expect(exportUnsent(workspace, { directory: folder, submissionId: refused.submissionId })).resolves.toEqual({ files: 1 })
    const [content] = filesOf(folder)
    expect(content).toMatchObject({ format: UNSENT_FORMAT, kind: 'submission', name: 'street-1.jpg', state: 'dead', reason, commit: refused.commit })
    expect(hashOf(Buffer.from(canonicalJson(content?.['revision'])))).toBe(refused.sha256)
    expect(auditOfTask(workspace.db, task).at(-1)).toMatchObject({ type: 'exported', payload: { details: { submissions: [refused.submissionId] } } })
  })

  it('is exported as a whole with the drafts that go further', async () => {
    const { workspace } = withOneRefused()
    edit(workspace, adding(aShape({ id: 'shape-9' })), taskId('task-2'))
    const folder = join(temporaryFolder(), 'out')
    await expect(exportUnsent(workspace, { directory: folder })).resolves.toEqual({ files: 2 })
    expect(filesOf(folder)).toMatchObject([{ kind: 'submission' }, { kind: 'draft', taskId: 'task-2', records: [{ id: 'shape-9' }], journal: [{ seq: 1 }] }])
  })

  it('cannot be exported when there is none of that name', async () => {
    const { workspace, store, refused } = withOneRefused()
    retrySubmission(workspace, refused.submissionId)
    store.acceptReceipt(aServer().knownTo(workspace).receiptFor(refused.commit))
    await expect(exportUnsent(workspace, { directory: temporaryFolder(), submissionId: refused.submissionId })).rejects.toMatchObject({ code: 'notFound' })
  })
})
