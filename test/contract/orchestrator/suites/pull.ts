import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Change } from '../../../../shared/api/records.ts'
import { A_LABEL_SCHEMA, A_SCHEMA_HASH, aPrediction } from '../../../builders/records.ts'
import { aTaskFor, PROJECT, pullAll } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

/** A change in short: what happened to which record. */
function inShort(change: Change): string {
  if (change.op === 'delete') return `${change.kind} ${change.id}`
  return change.kind === 'labelSchema' ? `labelSchema ${change.hash}` : `${change.kind} ${String(change.record['id'])}`
}

export function pullSuite(open: OpenLab): void {
  const lab = useLab(open)

  test('brings what a task refers to before the task, and then nothing until something changes', async () => {
    const { ada, orchestrator } = lab()
    const { task, asset } = await aTaskFor(lab(), ada, { priority: 7, tags: { source: 'camera' } })
    const prediction = aPrediction({ id: randomUUID(), taskId: task.id })
    await orchestrator.addPrediction(prediction)
    const { changes, cursor } = await pullAll(ada)
    expect(changes.map(inShort)).toEqual([
      `labelSchema ${A_SCHEMA_HASH}`, `project ${PROJECT}`, `asset ${asset.id}`, `task ${task.id}`, `prediction ${prediction.id}`,
    ])
    expect(changes[3]).toMatchObject({ record: { assignee: 'ada', state: 'assigned', priority: 7, tags: { source: 'camera' }, schemaHash: A_SCHEMA_HASH } })
    expect(await pullAll(ada, cursor)).toMatchObject({ changes: [], cursor })
  })

  test('pages end where asked, lose nothing and repeat nothing', async () => {
    const { ada } = lab()
    for (let count = 0; count < 5; count++) await aTaskFor(lab(), ada)
    const whole = await pullAll(ada, undefined, 1000)
    const inPages = await pullAll(ada, undefined, 3)
    expect(inPages.changes).toEqual(whole.changes)
    const numbers = whole.changes.map((change) => change.seq)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  })

  test('sends nobody the tasks and images of another annotator; a reviewer sees all of the project', async () => {
    const { ada, ben, rita } = lab()
    const before = await pullAll(ben)
    const { task, asset } = await aTaskFor(lab(), ada)
    expect((await pullAll(ben, before.cursor)).changes).toEqual([])
    const reviewed = (await pullAll(rita)).changes.map(inShort)
    expect(reviewed).toContain(`task ${task.id}`)
    expect(reviewed).toContain(`asset ${asset.id}`)
  })

  test('a task given to somebody else leaves a tombstone, and comes whole to the other one', async () => {
    const { ada, ben, orchestrator } = lab()
    const { task, asset } = await aTaskFor(lab(), ada)
    const prediction = aPrediction({ id: randomUUID(), taskId: task.id })
    await orchestrator.addPrediction(prediction)
    const [atAda, atBen] = [await pullAll(ada), await pullAll(ben)]
    await orchestrator.assignTask(task.id, 'ben')
    expect((await pullAll(ada, atAda.cursor)).changes.map(inShort)).toEqual([`taskGone ${task.id}`])
    expect((await pullAll(ben, atBen.cursor)).changes.map(inShort)).toEqual([`asset ${asset.id}`, `task ${task.id}`, `prediction ${prediction.id}`])
    // From the start the same holds: what was seen once and is not visible now does not come again.
    const fromTheStart = (await pullAll(ada)).changes.map(inShort)
    expect(fromTheStart).not.toContain(`task ${task.id}`)
    expect(fromTheStart).not.toContain(`prediction ${prediction.id}`)
    await orchestrator.assignTask(task.id, 'ada')
    expect((await pullAll(ada, atAda.cursor)).changes.map(inShort)).toEqual([
      `taskGone ${task.id}`, `asset ${asset.id}`, `task ${task.id}`, `prediction ${prediction.id}`,
    ])
  })

  test('a cancelled task stays in sight as cancelled; a removed one leaves a tombstone', async () => {
    const { ada, orchestrator } = lab()
    const [one, two] = [await aTaskFor(lab(), ada), await aTaskFor(lab(), ada)]
    const { cursor } = await pullAll(ada)
    await orchestrator.cancelTask(one.task.id)
    await orchestrator.deleteTask(two.task.id)
    const { changes } = await pullAll(ada, cursor)
    expect(changes).toMatchObject([{ kind: 'task', record: { id: one.task.id, state: 'cancelled' } }, { kind: 'taskGone', id: two.task.id }])
  })

  test('a new label schema reaches every member, also in a format that nobody knows yet', async () => {
    const { ada, orchestrator } = lab()
    const { task } = await aTaskFor(lab(), ada)
    const { cursor } = await pullAll(ada)
    const labelSchema = { format: 'fieldmark.label-schema/99', mystery: [1, 2, 3] }
    const hash = await orchestrator.publishLabelSchema(PROJECT, labelSchema)
    const { changes } = await pullAll(ada, cursor)
    expect(changes).toMatchObject([{ kind: 'labelSchema', hash, record: labelSchema }, { kind: 'project', record: { schemaHash: hash } }])
    expect((await orchestrator.getTask(task.id))?.schemaHash).toBe(A_SCHEMA_HASH)
    await orchestrator.publishLabelSchema(PROJECT, A_LABEL_SCHEMA)
  })

  test.each([['not ours', 'bm9uc2Vuc2U'], ['not even base64', '%%%']])('a cursor that is %s has expired', async (_name, cursor) => {
    expect(await lab().ada.client.problem('pull', { query: { cursor } })).toMatchObject({ status: 410, code: 'cursorExpired' })
  })

  test('a cursor of somebody else has expired', async () => {
    const { cursor } = await pullAll(lab().ben)
    expect((await lab().ada.client.problem('pull', { query: { cursor } })).code).toBe('cursorExpired')
  })

  test('a limit beyond the contract is refused', async () => {
    expect(await lab().ada.client.problem('pull', { query: { limit: 1001 } })).toMatchObject({ status: 422, issues: [{ path: 'limit' }] })
  })
}
