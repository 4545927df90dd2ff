import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { putKnownRevision } from '../../../../electron/engine/db/repositories/knownRevisions.ts'
import { writeMeta } from '../../../../electron/engine/db/repositories/meta.ts'
import { inTransaction } from '../../../../electron/engine/db/transaction.ts'
import { bucketsBetween } from '../../../../electron/engine/work/dashboard/buckets.ts'
import { dashboardFigures } from '../../../../electron/engine/work/dashboard/dashboardFigures.ts'
import { exportFigure } from '../../../../electron/engine/work/dashboard/exportFigure.ts'
import { figureTable } from '../../../../electron/engine/work/dashboard/figureTable.ts'
import { spreadOf } from '../../../../electron/engine/work/dashboard/spread.ts'
import { decide } from '../../../../electron/engine/work/decide.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { RevisionRecordSchema } from '../../../../shared/domain/revisionRecord.ts'
import { DashboardFilterSchema, FigureNameSchema } from '../../../../shared/rpc/dashboard.ts'
import { A_LABEL_SCHEMA, adding, aPrediction, aShape, aTask, taskId } from '../../../builders/records.ts'
import { aRevision, frozen } from '../../../builders/revision.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { aServer, aWorkspaceWithTasks, edit, hashOf, pull } from '../../../builders/workspace.ts'

type Workspace = ReturnType<typeof aWorkspaceWithTasks>
const [first, second] = [taskId('task-1'), taskId('task-2')]
const figures = ({ db }: Workspace, filter: Record<string, unknown> = {}) => dashboardFigures(db, DashboardFilterSchema.parse(filter))

/** Ada reviews; the tasks are Ben's. */
function reviewersWorkspace(): Workspace {
  const workspace = aWorkspaceWithTasks(2)
  inTransaction(workspace.db, () => { writeMeta(workspace.db, 'user', { id: workspace.userId, name: 'Ada', roles: ['reviewer'] }) })
  pull(workspace, [first, second].map((id, place) => ({ kind: 'task', op: 'upsert', seq: 50 + place, record: aTask({ id, assetId: `asset-${place + 1}`, state: 'submitted', assignee: 'ben' }) })))
  return workspace
}

function keep(workspace: Workspace, fields: Record<string, unknown>) {
  const result = frozen(aRevision({ author: 'ben', device: 'bens', ...fields }))
  createSyncStore(workspace).keepVersion(result.revision.taskId, result.revisionId, result.bytes)
  return result
}

const fromModel = (id: string, source: string, confidence: number) => aShape({ id, provenance: { source, predictionId: 'prediction-1', predictedShapeId: id, model: 'detector', modelVersion: '3', confidence } })

describe('throughput', () => {
  it('counts the edits here when they are made, before anything is handed in', () => {
    const workspace = aWorkspaceWithTasks(2)
    edit(workspace, adding(aShape({ id: 'a' })))
    edit(workspace, adding(aShape({ id: 'b' })))
    edit(workspace, adding(aShape({ id: 'c' })), second)
    expect(figures(workspace).total).toMatchObject({ results: 0, shapes: 0, edits: 3 })
    expect(figures(workspace, { person: 'ben' }).total.edits).toBe(0)
    expect(figures(workspace, { projectId: 'project-1' }).total.edits).toBe(3)
    expect(figures(workspace, { projectId: 'project-9' }).total.edits).toBe(0)
  })

  it('counts of a result that follows another one what it added, and the edits of other devices with it', () => {
    const workspace = reviewersWorkspace()
    keep(workspace, { createdAt: '2026-05-04T12:00:00.000Z', journalLength: 10, shapes: [aShape({ id: 'a' }), aShape({ id: 'b' })] })
    keep(workspace, { createdAt: '2026-05-06T12:00:00.000Z', journalLength: 14, shapes: [aShape({ id: 'a' }), aShape({ id: 'b' }), aShape({ id: 'c' })] })
    const { buckets, total } = figures(workspace)
    expect(buckets.map(({ start, results, shapes, edits }) => [start, results, shapes, edits])).toEqual([['2026-05-04', 1, 2, 10], ['2026-05-05', 0, 0, 0], ['2026-05-06', 1, 1, 4]])
    expect(total).toMatchObject({ results: 2, shapes: 3, edits: 14 })
    expect(figures(workspace, { from: '2026-05-05T12:00:00.000Z' }).total).toMatchObject({ results: 1, shapes: 1, edits: 4 })
    expect(figures(workspace, { to: '2026-05-05T12:00:00.000Z', bucket: 'week' }).buckets).toMatchObject([{ start: '2026-05-04', results: 1 }])
  })

  it('counts a result of which only its announcement is here', () => {
    const workspace = reviewersWorkspace()
    const { revisionId, revision } = frozen(aRevision({ author: 'ben', device: 'bens' }))
    putKnownRevision(workspace.db, RevisionRecordSchema.parse({
      id: revisionId, taskId: first, author: 'ben', device: 'bens', schemaHash: revision.schemaHash, parents: [], receivedAt: '2026-05-04T12:00:00.000Z', late: false, journalSha256: 'b'.repeat(64), journalLength: 7,
    }), 60)
    expect(figures(workspace).total).toMatchObject({ results: 1, shapes: 0, edits: 7 })
    expect(figures(workspace).everybody).toEqual(['ben'])
  })
})

describe('times', () => {
  it('are those of the newest result of each person on each task', () => {
    const workspace = reviewersWorkspace()
    keep(workspace, { createdAt: '2026-05-04T12:00:00.000Z', timeOnTaskMs: 10_000 })
    keep(workspace, { createdAt: '2026-05-04T13:00:00.000Z', timeOnTaskMs: 30_000, shapes: [aShape({ id: 'a' }), aShape({ id: 'b' })] })
    keep(workspace, { taskId: second, createdAt: '2026-05-04T14:00:00.000Z', timeOnTaskMs: 50_000, shapes: [] })
    const { total, people } = figures(workspace)
    expect(total.taskMs).toEqual({ median: 30_000, p90: 50_000, count: 2 })
    expect(total.shapeMs).toEqual({ median: 15_000, p90: 15_000, count: 1 })
    expect(people).toMatchObject([{ id: 'ben', results: 3, taskMs: { count: 2 } }])
  })

  it('come as median and 90th percentile by nearest rank', () => {
    expect(spreadOf([])).toBeUndefined()
    expect(spreadOf([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ median: 5, p90: 9, count: 10 })
  })
})

describe('predictions', () => {
  it('are counted by the tenth of their confidence and by what became of them', () => {
    const workspace = reviewersWorkspace()
    const predicted = aPrediction().shapes[0]
    pull(workspace, [{ kind: 'prediction', op: 'upsert', seq: 55, record: aPrediction({ shapes: [{ ...predicted, id: 'no', confidence: 0.35 }, { ...predicted, id: 'unanswered', confidence: 0.36 }] }) }])
    keep(workspace, {
      shapes: [fromModel('a', 'acceptedPrediction', 0.95), fromModel('b', 'acceptedPrediction', 1), fromModel('c', 'editedPrediction', 0.9), fromModel('d', 'acceptedPrediction', 0.3), aShape({ id: 'own' })],
      rejections: [{ type: 'rejection', id: 'rejection:no', predictionId: 'prediction-1', predictedShapeId: 'no' }, { type: 'rejection', id: 'rejection:x', predictionId: 'gone', predictedShapeId: 'x' }],
    })
    expect(figures(workspace).calibration).toEqual([{ tenth: 3, accepted: 1, edited: 0, rejected: 1 }, { tenth: 9, accepted: 2, edited: 1, rejected: 0 }])
    expect(figures(workspace, { person: 'ada' }).calibration).toEqual([])
  })
})

describe('decisions', () => {
  it('are counted by reason and by whose result it was', () => {
    const workspace = reviewersWorkspace()
    const [one, two] = [keep(workspace, {}), keep(workspace, { taskId: second })]
    decide(workspace, { taskId: first, revisionId: one.revisionId, decision: 'rejected', reasons: ['wrongClass', 'missedObject'], comment: '' })
    decide(workspace, { taskId: second, revisionId: two.revisionId, decision: 'accepted', reasons: [], comment: '' })
    const { total, rejections, people } = figures(workspace)
    expect(total).toMatchObject({ reviewed: 2, rejected: 1 })
    expect(rejections).toEqual(expect.arrayContaining([{ reason: 'wrongClass', count: 1 }, { reason: 'missedObject', count: 1 }]))
    expect(people).toMatchObject([{ id: 'ben', reviewed: 2, rejected: 1 }])
    expect(figures(workspace, { person: 'ada' }).total.reviewed).toBe(0)
  })
})

describe('sync and coverage', () => {
  it('tell what waits, how long receipts took, and where the tasks stand', () => {
    const workspace = aWorkspaceWithTasks(2)
    edit(workspace, adding(aShape()))
    submitTask(workspace, first, 1000)
    const waiting = figures(workspace)
    expect(waiting.sync).toMatchObject({ waiting: 1, refused: 0, received: 0, oldestAt: expect.stringContaining('2026-05-01T10:00') as string })
    expect(waiting.coverage).toEqual([{ state: 'assigned', tasks: 2 }])
    const store = createSyncStore(workspace)
    const server = aServer().knownTo(workspace)
    for (const { commit } of store.dueOutbox(Number.MAX_SAFE_INTEGER, 10)) store.acceptReceipt(server.receiptFor(commit))
    const { sync } = figures(workspace)
    expect(sync).toMatchObject({ waiting: 0, received: 1 })
    expect(sync).not.toHaveProperty('oldestAt')
    // The server of these tests says 11:00, the workstation submitted soon after 10:00.
    expect(Math.round((sync.receiptMs?.median ?? 0) / 60_000)).toBe(60)
  })
})

describe('buckets', () => {
  it('have none missing, in weeks from Monday', () => {
    expect(bucketsBetween(['2026-03-30', '2026-03-28'], 'day')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30'])
    expect(bucketsBetween(['2026-03-16', '2026-03-30'], 'week')).toEqual(['2026-03-16', '2026-03-23', '2026-03-30'])
    expect(bucketsBetween([], 'day')).toEqual([])
  })

  it('are those in which the work was done', () => {
    const workspace = reviewersWorkspace()
    // A Sunday and the Monday after it.
    keep(workspace, { createdAt: '2026-05-03T12:00:00.000Z' })
    keep(workspace, { createdAt: '2026-05-04T12:00:00.000Z', taskId: second })
    expect(figures(workspace, { bucket: 'week' }).buckets.map(({ start }) => start)).toEqual(['2026-04-27', '2026-05-04'])
  })
})

describe('an exported figure', () => {
  it('is CSV that no spreadsheet takes for a formula', async () => {
    const workspace = reviewersWorkspace()
    const record = LabelSchemaSchema.parse({ ...A_LABEL_SCHEMA, classes: [{ ...A_LABEL_SCHEMA.classes[0], name: '=cmd|calc' }] })
    pull(workspace, [{ kind: 'labelSchema', op: 'upsert', seq: 55, hash: SchemaHashSchema.parse(hashOf(Buffer.from(canonicalJson(record)))), record }])
    keep(workspace, { shapes: [aShape({ classId: 'car' })] })
    const directory = join(temporaryFolder(), 'figures')
    const { file } = await exportFigure(workspace, { figure: 'classes', filter: { bucket: 'day' }, directory })
    expect(file).toContain(directory)
    expect(readFileSync(file, 'utf8').split('\r\n')).toEqual(['class,name,shapes', 'car,"\'=cmd|calc",1', ''])
  })

  it('has the columns of its figure, whatever there is', () => {
    for (const figure of FigureNameSchema.options) {
      const { columns, rows } = figureTable(figures(reviewersWorkspace()), figure)
      for (const row of rows) expect(row).toHaveLength(columns.length)
    }
  })
})
