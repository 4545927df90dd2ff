import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Change } from '../../../../shared/api/records.ts'
import { aPrediction, aShape } from '../../../builders/records.ts'
import { createClient } from '../client.ts'
import { aTaskFor, PROJECT, pullAll, register, statement, submitWork, workOn } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

export function rolesSuite(open: OpenLab): void {
  const lab = useLab(open)
  const about = (changes: readonly Change[], taskId: string) => changes
    .filter((change) => (change.kind === 'taskGone' ? change.id === taskId : change.op === 'upsert' && (change.record as { id?: string; taskId?: string })[change.kind === 'task' ? 'id' : 'taskId'] === taskId))
    .map(({ kind }) => kind)

  /** Everything that there can be of a task of Ada's, and an annotator with a task of their own who knows nothing of that. */
  const before = async () => {
    const { ada, orchestrator } = lab()
    const id = `dora-${randomUUID().slice(0, 8)}`
    const token = await orchestrator.createUser({ id, name: id, roles: ['annotator'] })
    await orchestrator.addMember(PROJECT, id)
    const dora = await register({ userId: id, token, client: createClient(orchestrator.url, token) })
    const own = await aTaskFor(lab(), dora)
    const place = await aTaskFor(lab(), ada)
    const taskId = place.task.id
    await orchestrator.addPrediction(aPrediction({ id: randomUUID(), taskId }))
    await orchestrator.setGold(taskId, { shapes: [{ id: 'gold-1', classId: 'person', geometry: aShape().geometry }], feedback: 'never' })
    const { revisionId } = await submitWork(ada, workOn(place, ada), Math.floor(Math.random() * 1e9))
    const comment = randomUUID()
    await ada.client.ok('state', statement(ada, 'comment', { id: comment, threadId: comment, taskId, revisionId, author: 'ada', createdAt: new Date().toISOString(), act: { kind: 'opened', anchor: { kind: 'task' }, text: 'Is this one?' } }))
    const { changes, cursor } = await pullAll(dora)
    expect(about(changes, taskId)).toEqual([])
    return { dora, own, taskId, cursor }
  }

  test('whoever becomes a reviewer is sent the older work of others with all that belongs to it', async () => {
    const { dora, taskId, cursor } = await before()
    await lab().orchestrator.setRoles(dora.userId, ['reviewer', 'annotator'])
    expect((await dora.client.ok('me')).roles).toEqual(['reviewer', 'annotator'])
    const all = ['task', 'gold', 'prediction', 'revision', 'goldScore', 'comment']
    expect(about((await pullAll(dora, cursor)).changes, taskId)).toEqual(all)
    expect([...new Set(about((await pullAll(dora)).changes, taskId))]).toEqual(all)
    expect((await dora.client.ok('auditFeed', { query: {} })).cursor).toBeTruthy()
  })

  test('whoever ceases to be one is told that the tasks of others are gone, and is sent nothing of them from the start either', async () => {
    const { dora, own, taskId } = await before()
    await lab().orchestrator.setRoles(dora.userId, ['reviewer'])
    const { cursor } = await pullAll(dora)
    await lab().orchestrator.setRoles(dora.userId, ['annotator'])
    const { changes } = await pullAll(dora, cursor)
    expect(about(changes, taskId)).toEqual(['taskGone'])
    expect(about(changes, own.task.id)).toEqual(['task'])
    expect([...new Set(about((await pullAll(dora)).changes, taskId))]).toEqual(['taskGone'])
    expect((await dora.client.problem('auditFeed', { query: {} })).status).toBe(403)
  })

  test('other roles of somebody who sees the same as before are no news', async () => {
    const { dora, cursor } = await before()
    await lab().orchestrator.setRoles(dora.userId, ['annotator'])
    expect((await pullAll(dora, cursor)).changes).toEqual([])
  })
}
