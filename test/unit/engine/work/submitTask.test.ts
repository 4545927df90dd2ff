import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { getAsset } from '../../../../electron/engine/db/repositories/assets.ts'
import { readJournal } from '../../../../electron/engine/db/repositories/journal.ts'
import { outboxCounts } from '../../../../electron/engine/db/repositories/outbox.ts'
import { findRevision, revisionsOf } from '../../../../electron/engine/db/repositories/revisions.ts'
import { findSubmission } from '../../../../electron/engine/db/repositories/submissions.ts'
import { findTask } from '../../../../electron/engine/db/repositories/tasks.ts'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { acceptReceipt } from '../../../../electron/engine/work/acceptReceipt.ts'
import { deadLetter } from '../../../../electron/engine/work/deadLetter.ts'
import { skipTask } from '../../../../electron/engine/work/skipTask.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { InstantSchema } from '../../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../../shared/domain/revision.ts'
import type { SubmitResult } from '../../../../shared/rpc/openTask.ts'
import { adding, aShape, aTask, removing, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspaceWithTasks, edit, hashOf, pull } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')

function submitted(result: SubmitResult) {
  if (result.kind !== 'submitted') throw new Error(JSON.stringify(result.violations))
  return result
}
function revisionOf(workspace: TestWorkspace, result: SubmitResult) {
  const stored = findRevision(workspace.db, submitted(result).revisionId)
  if (stored === undefined) throw new Error('no revision')
  return { bytes: stored.bytes, revision: RevisionSchema.parse(JSON.parse(Buffer.from(stored.bytes).toString())) }
}
const auditTypes = (workspace: TestWorkspace) => auditOfTask(workspace.db, task).map(({ type }) => type)

describe('submitTask', () => {
  it('freezes canonical bytes under their hash, queues them and says so at once', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape({ id: 'b', order: 2 }), aShape({ id: 'a', order: 2 }), aShape({ id: 'z', order: 1 })))
    edit(workspace, adding({ type: 'imageTags', id: 'image-tags', tags: [] }))
    const result = submitTask(workspace, task, 4000)
    const { bytes, revision } = revisionOf(workspace, result)
    expect(submitted(result).revisionId).toBe(hashOf(bytes))
    expect(Buffer.from(bytes).toString()).toBe(canonicalJson(revision))
    expect(revision.shapes.map(({ id }) => id)).toEqual(['z', 'a', 'b'])
    expect(revision).toMatchObject({ parents: [], author: 'ada', device: workspace.deviceId, timeOnTaskMs: 4000, journalLength: 2, outcome: { kind: 'labelled' } })
    expect(revision.assetSha256).toBe(getAsset(workspace.db, revision.assetId)?.sha256)
    expect(findTask(workspace.db, task)).toMatchObject({ standing: 'queued', frozenSeq: 2 })
    expect(outboxCounts(workspace.db)).toEqual({ waiting: 1, dead: 0 })
    expect(findSubmission(workspace.db, submitted(result).submissionId)).toMatchObject({ place: 'waiting', commit: { deviceSeq: 1, size: bytes.length, sha256: revisionId(result) } })
    expect(auditTypes(workspace)).toEqual(['taskAssigned', 'submitted'])
  })

  it('ties the journal to the result by its hash', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    const { revision } = revisionOf(workspace, submitTask(workspace, task, 0))
    const lines = readJournal(workspace.db, task).map((entry) => `${canonicalJson(entry)}\n`).join('')
    expect(revision.journalSha256).toBe(createHash('sha256').update(lines).digest('hex'))
  })

  it('answers with the broken rules and stores nothing', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape({ classId: 'car' })))
    expect(submitTask(workspace, task, 0)).toEqual({ kind: 'invalid', violations: [{ rule: 'attributeRequired', shapeId: 'shape-1', subject: 'View' }] })
    expect(revisionsOf(workspace.db, task)).toEqual([])
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
  })

  it('is one submission however often it is asked for', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    const first = submitTask(workspace, task, 0)
    expect(submitTask(workspace, task, 0)).toEqual(first)
    expect(outboxCounts(workspace.db).waiting).toBe(1)
    expect(auditTypes(workspace)).toEqual(['taskAssigned', 'submitted'])
  })

  it('tries a refused submission again when it is handed in unchanged', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    const { submissionId } = submitted(submitTask(workspace, task, 0))
    deadLetter(workspace, submissionId, { at: InstantSchema.parse('2026-05-01T10:00:00.000Z'), kind: 'refused', message: 'no' })
    expect(findTask(workspace.db, task)?.standing).toBe('refused')
    expect(submitted(submitTask(workspace, task, 0)).submissionId).toBe(submissionId)
    expect(findTask(workspace.db, task)?.standing).toBe('queued')
    expect(auditTypes(workspace)).toEqual(['taskAssigned', 'submitted', 'submissionRefused', 'submissionRetried'])
  })

  it('starts a further revision from the submitted content, with the last one as its parent', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    const first = submitTask(workspace, task, 0)
    edit(workspace, adding(aShape({ id: 'shape-2' })))
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
    const second = submitTask(workspace, task, 0)
    const { revision } = revisionOf(workspace, second)
    expect(revision.parents).toEqual([submitted(first).revisionId])
    expect(revision.shapes.map(({ id }) => id)).toEqual(['shape-1', 'shape-2'])
    expect(outboxCounts(workspace.db).waiting).toBe(2)
  })

  it("does not name the orchestrator's newest revision as a parent when it was not seen here", () => {
    const workspace = aWorkspaceWithTasks()
    pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'returned', headRevision: 'c'.repeat(64) }) }])
    expect(revisionOf(workspace, submitTask(workspace, task, 0)).revision.parents).toEqual([])
  })

  it('hands in again, unchanged, what the reviewer sent back', () => {
    const workspace = aWorkspaceWithTasks()
    const server = aServer().knownTo(workspace)
    edit(workspace, adding(aShape()))
    const first = submitted(submitTask(workspace, task, 0))
    acceptReceipt(workspace, server.receiptFor(commitOf(workspace, first.submissionId)))
    expect(submitTask(workspace, task, 0)).toMatchObject({ submissionId: first.submissionId })
    pull(workspace, [{ kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'returned', headRevision: first.revisionId }) }])
    expect(findTask(workspace.db, task)?.standing).toBe('returned')
    const again = submitted(submitTask(workspace, task, 0))
    expect(again.submissionId).not.toBe(first.submissionId)
    expect(findTask(workspace.db, task)?.standing).toBe('queued')
  })

  it('refuses a cancelled task, and one whose label schema it does not know', () => {
    const workspace = aWorkspaceWithTasks(2)
    pull(workspace, [
      { kind: 'task', op: 'upsert', seq: 50, record: aTask({ state: 'cancelled' }) },
      { kind: 'task', op: 'upsert', seq: 51, record: aTask({ id: 'task-2', assetId: 'asset-2', schemaHash: 'd'.repeat(64) }) },
    ])
    expect(() => submitTask(workspace, task, 0)).toThrow(expect.objectContaining({ code: 'notAllowed' }))
    expect(() => submitTask(workspace, taskId('task-2'), 0)).toThrow(expect.objectContaining({ code: 'notAllowed' }))
  })

  it('stores nothing at all when the disk fills up in the middle', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(...Array.from({ length: 200 }, (_, n) => aShape({ id: `s-${n}` }))))
    const before = auditTypes(workspace)
    workspace.db.pragma(`max_page_count = ${String(workspace.db.pragma('page_count', { simple: true }))}`)
    expect(() => submitTask(workspace, task, 0)).toThrow(expect.objectContaining({ code: 'diskFull' }))
    expect(outboxCounts(workspace.db)).toEqual({ waiting: 0, dead: 0 })
    expect(auditTypes(workspace)).toEqual(before)
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
  })
})

describe('skipTask', () => {
  it('passes a task over without labels, with its reason, and keeps the draft', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape({ classId: 'car' })))
    const { revision } = revisionOf(workspace, skipTask(workspace, task, 0, 'too dark'))
    expect(revision).toMatchObject({ outcome: { kind: 'skipped', reason: 'too dark' }, shapes: [], journalLength: 1 })
    expect(auditOfTask(workspace.db, task).at(-1)).toMatchObject({ type: 'skipped', payload: { details: { reason: 'too dark' } } })
    expect(findTask(workspace.db, task)).toMatchObject({ standing: 'queued', shapeCount: 1 })
  })

  it('can be followed by labels after all', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    skipTask(workspace, task, 0, 'too dark')
    const { revision } = revisionOf(workspace, submitTask(workspace, task, 0))
    expect(revision).toMatchObject({ outcome: { kind: 'labelled' }, shapes: [{ id: 'shape-1' }] })
    edit(workspace, removing(aShape()))
    expect(findTask(workspace.db, task)?.standing).toBe('inProgress')
  })
})

function revisionId(result: SubmitResult) { return submitted(result).revisionId }
function commitOf(workspace: TestWorkspace, id: Parameters<typeof findSubmission>[1]) {
  const submission = findSubmission(workspace.db, id)
  if (submission === undefined) throw new Error('no submission')
  return submission.commit
}
