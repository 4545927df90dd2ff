import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { assetsToPrefetch, isAssetNeeded, setAssetPrefetch } from '../../../../electron/engine/db/repositories/assets.ts'
import { auditOfTask } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { listProjects } from '../../../../electron/engine/db/repositories/projects.ts'
import { reviewsOf } from '../../../../electron/engine/db/repositories/reviews.ts'
import { queryTasks } from '../../../../electron/engine/db/repositories/taskQuery.ts'
import { findTask } from '../../../../electron/engine/db/repositories/tasks.ts'
import { openTask } from '../../../../electron/engine/work/openTask.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import type { Change } from '../../../../shared/api/records.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { AssetIdSchema, PredictionIdSchema, ProjectIdSchema, SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import { ReviewSchema } from '../../../../shared/domain/review.ts'
import { TaskQuerySchema } from '../../../../shared/rpc/taskRows.ts'
import { A_SCHEMA_HASH, adding, anAsset, aPrediction, aProject, aShape, aTask, firstChanges, taskId } from '../../../builders/records.ts'
import { aWorkspace, aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'

const task = taskId('task-1')
const asTask = (seq: number, fields: Record<string, unknown> = {}): Change => ({ kind: 'task', op: 'upsert', seq, record: aTask(fields) })
const events = (workspace: TestWorkspace) => auditOfTask(workspace.db, task).map(({ type, payload }) => [type, payload.details])
const firstRow = (workspace: TestWorkspace) => queryTasks(workspace.db, TaskQuerySchema.parse({}), 0, 1).rows[0]

describe('applyPull', () => {
  it('stores what came, with the cursor and an audit entry for each task', () => {
    const workspace = aWorkspace()
    pull(workspace, firstChanges(3))
    expect(workspace.events).toEqual([{ event: 'tasks.changed', payload: { taskIds: ['task-1', 'task-2', 'task-3'] } }])
    expect(createSyncStore(workspace).cursor()).toEqual({ epoch: 'one', cursor: 'cursor-8' })
    expect(openTask(workspace.db, task)).toMatchObject({ standing: 'new', asset: { name: 'street-1.jpg' }, schema: { name: 'Street' }, records: [] })
    expect(events(workspace)).toEqual([['taskAssigned', { projectId: 'project-1', assetId: 'asset-1', schemaHash: A_SCHEMA_HASH, state: 'assigned' }]])
  })

  it('changes nothing the second time', () => {
    const workspace = aWorkspaceWithTasks()
    const before = events(workspace)
    pull(workspace, firstChanges(1))
    expect(events(workspace)).toEqual(before)
  })

  it('takes the last state of a record, whatever the order of the page', () => {
    const workspace = aWorkspaceWithTasks()
    pull(workspace, [asTask(22, { priority: 7 }), { kind: 'taskGone', op: 'delete', seq: 21, id: task }, asTask(20, { state: 'cancelled' })])
    expect(findTask(workspace.db, task)).toMatchObject({ standing: 'new', seq: 22 })
    pull(workspace, [asTask(10, { state: 'cancelled' })])
    expect(findTask(workspace.db, task)?.standing).toBe('new')
  })

  it('never touches unsent work', () => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    const before = openTask(workspace.db, task)
    pull(workspace, [asTask(20, { priority: 9, tags: { source: 'drone' } })])
    const after = openTask(workspace.db, task)
    expect(after).toMatchObject({ records: before.records, undo: before.undo, journalSeq: 1, standing: 'inProgress', task: { priority: 9 } })
  })

  it.each([
    ['cancelled', asTask(20, { state: 'cancelled' }), 'cancelled'],
    ['reassigned', asTask(20, { state: 'released' }), 'released'],
    ['gone', { kind: 'taskGone', op: 'delete', seq: 20, id: task } as const, 'released'],
  ])('archives a task that was %s while offline, with its draft', (_, change, standing) => {
    const workspace = aWorkspaceWithTasks()
    edit(workspace, adding(aShape()))
    pull(workspace, [change])
    expect(openTask(workspace.db, task)).toMatchObject({ standing, records: [{ id: 'shape-1' }] })
    expect(events(workspace).at(-1)).toEqual(['taskStateChanged', { from: 'assigned', to: standing, hasWork: true, unsent: true }])
  })

  it('sends what was handed in even if the task was given to somebody else', () => {
    const workspace = aWorkspaceWithTasks()
    submitTask(workspace, task, 0)
    pull(workspace, [asTask(20, { state: 'released' })])
    expect(findTask(workspace.db, task)?.standing).toBe('queued')
    expect(createSyncStore(workspace).outboxCounts().waiting).toBe(1)
  })

  it('keeps fields that it does not know', () => {
    const workspace = aWorkspaceWithTasks()
    pull(workspace, [{ kind: 'task', op: 'upsert', seq: 20, record: { ...aTask(), colour: 'blue' } }])
    expect(workspace.db.prepare(`SELECT raw ->> '$.colour' FROM task_raw`).pluck().get()).toBe('blue')
  })

  it('says on the task that its label schema is missing, unknown or not what its name says, until it is there', () => {
    const workspace = aWorkspace()
    const newer = { format: 'fieldmark.label-schema/9', things: [] }
    const newerHash = SchemaHashSchema.parse(createHash('sha256').update(canonicalJson(newer)).digest('hex'))
    const schema = firstChanges(0).filter(({ kind }) => kind === 'labelSchema')
    pull(workspace, [{ kind: 'asset', op: 'upsert', seq: 1, record: anAsset() }, asTask(2)])
    expect(firstRow(workspace)?.problem).toEqual({ code: 'schemaMissing', detail: A_SCHEMA_HASH })
    pull(workspace, [{ kind: 'labelSchema', op: 'upsert', seq: 3, hash: A_SCHEMA_HASH, record: newer }])
    expect(firstRow(workspace)?.problem?.code).toBe('schemaUnknown')
    pull(workspace, schema)
    expect(firstRow(workspace)?.problem).toBeUndefined()
    pull(workspace, [asTask(9, { schemaHash: newerHash }), { kind: 'labelSchema', op: 'upsert', seq: 10, hash: newerHash, record: newer }])
    expect(openTask(workspace.db, task).problem).toEqual({ code: 'schemaUnknown', detail: 'fieldmark.label-schema/9' })
    expect(openTask(workspace.db, task).schema).toBeUndefined()
  })

  it('names a task after its asset, whichever comes first', () => {
    const workspace = aWorkspace()
    pull(workspace, [asTask(1, { tags: { source: 'Zürich' } })])
    expect(firstRow(workspace)?.name).toBe('asset-1')
    pull(workspace, [{ kind: 'asset', op: 'upsert', seq: 2, record: anAsset({ name: 'Brücke.JPG' }) }])
    expect(firstRow(workspace)?.name).toBe('Brücke.JPG')
    for (const text of ['brÜcke', 'ZÜRICH', 'TASK-1']) {
      expect(queryTasks(workspace.db, TaskQuerySchema.parse({ filter: { text } }), 0, 10)).toMatchObject({ total: 1, rows: [{ id: task }] })
    }
  })

  it('brings and takes predictions', () => {
    const workspace = aWorkspaceWithTasks()
    pull(workspace, [{ kind: 'prediction', op: 'upsert', seq: 20, record: aPrediction() }])
    expect(openTask(workspace.db, task).predictions).toEqual([aPrediction()])
    expect(events(workspace).at(-1)?.[0]).toBe('predictionsReceived')
    pull(workspace, [{ kind: 'predictionGone', op: 'delete', seq: 21, id: PredictionIdSchema.parse('prediction-1') }])
    expect(workspace.events.at(-1)).toEqual({ event: 'tasks.changed', payload: { taskIds: [task] } })
    expect(openTask(workspace.db, task).predictions).toEqual([])
  })

  it('brings and takes reviews', () => {
    const workspace = aWorkspaceWithTasks()
    const review = ReviewSchema.parse({ id: 'review-1', taskId: 'task-1', revisionId: 'e'.repeat(64), reviewer: 'grace', decision: 'rejected', comment: 'too wide', createdAt: '2026-05-01T10:00:00.000Z' })
    pull(workspace, [{ kind: 'review', op: 'upsert', seq: 20, record: review }])
    expect(reviewsOf(workspace.db, task)).toEqual([review])
    expect(events(workspace).at(-1)).toEqual(['reviewReceived', { reviewId: 'review-1', revisionId: 'e'.repeat(64), reviewer: 'grace', decision: 'rejected' }])
    pull(workspace, [{ kind: 'reviewGone', op: 'delete', seq: 21, id: review.id }])
    expect(reviewsOf(workspace.db, task)).toEqual([])
  })

  it('forgets projects and images that no task needs, and keeps the others', () => {
    const workspace = aWorkspaceWithTasks()
    const gone: Change[] = [
      { kind: 'projectGone', op: 'delete', seq: 31, id: ProjectIdSchema.parse('project-1') }, { kind: 'assetGone', op: 'delete', seq: 32, id: AssetIdSchema.parse('asset-1') },
      { kind: 'projectGone', op: 'delete', seq: 33, id: ProjectIdSchema.parse('project-9') }, { kind: 'assetGone', op: 'delete', seq: 34, id: AssetIdSchema.parse('asset-9') },
    ]
    pull(workspace, [{ kind: 'project', op: 'upsert', seq: 20, record: aProject({ id: 'project-9' }) }, { kind: 'asset', op: 'upsert', seq: 21, record: anAsset({ id: 'asset-9' }) }])
    pull(workspace, gone)
    expect(listProjects(workspace.db).map(({ id }) => id)).toEqual(['project-1'])
    expect(workspace.db.prepare('SELECT id FROM assets').pluck().all()).toEqual(['asset-1'])
  })

  it('refuses a page of another epoch and leaves everything as it was', () => {
    const workspace = aWorkspaceWithTasks()
    expect(() => pull(workspace, [asTask(99, { state: 'cancelled' })], { epoch: 'two' })).toThrow(expect.objectContaining({ failure: { kind: 'cursorExpired' } }))
    expect(findTask(workspace.db, task)?.standing).toBe('new')
    expect(createSyncStore(workspace).cursor()?.epoch).toBe('one')
  })

  it('applies a page whole or not at all', () => {
    const workspace = aWorkspaceWithTasks()
    workspace.db.exec(`CREATE TRIGGER break BEFORE UPDATE OF state ON tasks WHEN new.id = 'task-1' AND new.seq = 20 BEGIN SELECT RAISE(ABORT, 'broken'); END`)
    expect(() => pull(workspace, [...firstChanges(2).map((change) => ({ ...change, seq: 10 + change.seq })), asTask(20)])).toThrow('broken')
    expect(findTask(workspace.db, taskId('task-2'))).toBeUndefined()
    expect(createSyncStore(workspace).cursor()?.cursor).toBe('cursor-4')
  })
})

describe('what to prefetch', () => {
  it('follows the queue, knows each asset once and leaves out what is there or not needed', () => {
    const workspace = aWorkspaceWithTasks(4)
    pull(workspace, [
      asTask(20, { id: 'task-3', assetId: 'asset-3', priority: 9 }), asTask(21, { id: 'task-5', assetId: 'asset-3' }),
      asTask(22, { id: 'task-4', assetId: 'asset-4', state: 'cancelled' }),
    ])
    const asset2 = AssetIdSchema.parse('asset-2')
    setAssetPrefetch(workspace.db, asset2, 'ready')
    expect(assetsToPrefetch(workspace.db, 10).map(({ id }) => id)).toEqual(['asset-3', 'asset-1'])
    expect(isAssetNeeded(workspace.db, asset2)).toBe(true)
    expect(isAssetNeeded(workspace.db, AssetIdSchema.parse('asset-4'))).toBe(false)
    setAssetPrefetch(workspace.db, asset2, 'failed', { code: 'imageCorrupt', detail: 'no JPEG' })
    expect(openTask(workspace.db, taskId('task-2'))).toMatchObject({ prefetch: 'failed', problem: { code: 'imageCorrupt' } })
    pull(workspace, [{ kind: 'asset', op: 'upsert', seq: 30, record: anAsset({ id: 'asset-2', sha256: 'b'.repeat(64) }) }])
    expect(openTask(workspace.db, taskId('task-2'))).toMatchObject({ prefetch: 'missing' })
    expect(createSyncStore(workspace).activeTasks([taskId('task-1'), taskId('task-4')])).toEqual({ total: 4, among: 1 })
  })
})
