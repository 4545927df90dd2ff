import { describe, expect, it } from 'vitest'
import { openTask } from '../../../../electron/engine/work/openTask.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { TimeTravel } from '../../../../electron/engine/work/timeTravel.ts'
import { createHash } from 'node:crypto'
import { keepReceivedJournal } from '../../../../electron/engine/db/repositories/knownRevisions.ts'
import { keepRemoteRevision } from '../../../../electron/engine/db/repositories/remoteRevisions.ts'
import { timelineChoices } from '../../../../electron/engine/work/timelineSources.ts'
import { Sha256Schema } from '../../../../shared/domain/ids.ts'
import { aJournal } from '../../../builders/journal.ts'
import { aRevision, frozen } from '../../../builders/revision.ts'
import { adding, aShape, firstChanges, removing, taskId, updating } from '../../../builders/records.ts'
import { aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'

const ref = { taskId: taskId('task-1'), source: { kind: 'own' as const } }
const first = aShape()
const moved = aShape({ geometry: { kind: 'point', x: 5, y: 6 } })
const open = (travel: TimeTravel) => travel.open(ref, new AbortController().signal, () => undefined)

/** A shape is drawn, handed in, moved and deleted. */
function aLabelledTask() {
  const workspace = aWorkspaceWithTasks()
  edit(workspace, adding(first))
  submitTask(workspace, ref.taskId, 1000)
  edit(workspace, updating(first, moved))
  edit(workspace, removing(moved))
  return { workspace, travel: new TimeTravel(workspace) }
}

describe('the past of a task', () => {
  it('has a state after every edit, who made it, and when it was handed in', async () => {
    const { travel, workspace } = aLabelledTask()
    expect(await open(travel)).toMatchObject({ total: 3, author: 'ada', device: workspace.deviceId, restorable: true, marks: [{ kind: 'submitted', position: 1, by: 'ada' }] })
    expect(await travel.steps(ref, 1, 10)).toMatchObject([{ seq: 2, changed: 1 }, { seq: 3, removed: 1 }])
    expect(await travel.state(ref, 2, 0)).toMatchObject({ set: [moved], gone: [], touched: ['shape-1'], removed: [], step: { seq: 2 } })
    expect(await travel.state(ref, 3, 2)).toMatchObject({ set: [], gone: ['shape-1'], touched: [], removed: [moved] })
    await expect(travel.state(ref, 4, 0)).rejects.toMatchObject({ code: 'notFound' })
  })

  it('shows what was decided on a submission beside it', async () => {
    const { travel, workspace } = aLabelledTask()
    const { marks: [mark] } = await open(travel)
    pull(workspace, [{ kind: 'review', op: 'upsert', seq: 99, record: { id: 'review-1', taskId: ref.taskId, revisionId: mark?.revisionId, reviewer: 'grace', decision: 'rejected', comment: '', createdAt: '2026-05-02T10:00:00.000Z' } as never }])
    expect((await open(travel)).marks).toMatchObject([{ kind: 'submitted', position: 1 }, { kind: 'rejected', position: 1, by: 'grace' }])
  })

  it('comes back as one edit that can be undone, and the task goes on from there', async () => {
    const { travel, workspace } = aLabelledTask()
    workspace.events.length = 0
    expect(await travel.restore(ref, 2)).toEqual({ journalSeq: 4 })
    const opened = openTask(workspace.db, ref.taskId)
    expect(opened).toMatchObject({ records: [moved], standing: 'inProgress' })
    expect(opened.undo.at(-1)).toMatchObject({ seq: 4, name: 'restoreState' })
    expect(workspace.events).toContainEqual({ event: 'tasks.changed', payload: { taskIds: [ref.taskId] } })
    expect((await open(travel)).total).toBe(4)
    expect(submitTask(workspace, ref.taskId, 1000)).toMatchObject({ kind: 'submitted' })
  })

  it('adds nothing to the journal when the draft says that already', async () => {
    const { travel, workspace } = aLabelledTask()
    expect(await travel.restore(ref, 3)).toEqual({ journalSeq: 3 })
    expect(openTask(workspace.db, ref.taskId).journalSeq).toBe(3)
  })

  it('can be looked at and not restored when the task is somebody else\'s by now', async () => {
    const { travel, workspace } = aLabelledTask()
    pull(workspace, firstChanges(1, () => ({ state: 'released' })).filter(({ kind }) => kind === 'task').map((change) => ({ ...change, seq: 99 })))
    expect(await open(travel)).toMatchObject({ restorable: false, total: 3 })
    await expect(travel.restore(ref, 1)).rejects.toMatchObject({ code: 'notAllowed' })
  })

  it('is that of another person too, once the edits behind their result are here', async () => {
    const { travel, workspace } = aLabelledTask()
    const bytes = Buffer.from(aJournal([1, 2, 3].map((shape) => ({ kind: 'put' as const, shape, x: 1, pauseMs: 1000 }))).map((line) => `${JSON.stringify(line)}\n`).join(''))
    const sha256 = Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
    const { revisionId, bytes: result } = frozen(aRevision({ author: 'grace', device: 'tablet', journalLength: 3, journalSha256: sha256 }))
    keepRemoteRevision(workspace.db, revisionId, ref.taskId, result)
    const theirs = { taskId: ref.taskId, source: { kind: 'revision' as const, revisionId } }
    expect(timelineChoices(workspace, ref.taskId)).toHaveLength(1)
    await expect(travel.state(theirs, 1, 0)).rejects.toMatchObject({ code: 'notFound' })
    keepReceivedJournal(workspace.db, sha256, ref.taskId, bytes)
    expect(timelineChoices(workspace, ref.taskId)).toMatchObject([{ author: 'ada', total: 3 }, { author: 'grace', device: 'tablet', total: 3 }])
    expect(await travel.open(theirs, new AbortController().signal, () => undefined)).toMatchObject({ total: 3, author: 'grace', marks: [{ kind: 'submitted', position: 3, by: 'grace' }] })
    expect((await travel.state(theirs, 2, 0)).set.map(({ id }) => id)).toEqual(['shape-1', 'shape-2'])
    expect(await travel.restore(theirs, 2)).toEqual({ journalSeq: 4 })
    expect(openTask(workspace.db, ref.taskId).records.map(({ id }) => id)).toEqual(['shape-1', 'shape-2'])
  })

  it('stops reading when the person does not wait for it', async () => {
    const { travel } = aLabelledTask()
    await expect(travel.open(ref, AbortSignal.abort(), () => undefined)).rejects.toMatchObject({ name: 'AbortError' })
  })
})
