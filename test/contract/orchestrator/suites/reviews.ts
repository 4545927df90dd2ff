import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ReviewSchema } from '../../../../shared/domain/review.ts'
import { aTaskFor, pullAll, reviewBy, statement, submitWork, taskOf, workOn } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

export function reviewsSuite(open: OpenLab): void {
  const lab = useLab(open)
  let lastSeq = 0

  const submitted = async () => {
    const place = await aTaskFor(lab(), lab().ada)
    const receipt = await submitWork(lab().ada, workOn(place, lab().ada), ++lastSeq)
    return { ...place, receipt }
  }
  const reviewOf = (taskId: string, revisionId: string, decision: 'accepted' | 'rejected') =>
    ReviewSchema.parse({ id: randomUUID(), taskId, revisionId, reviewer: 'rita', decision, reasons: decision === 'rejected' ? ['wrongClass'] : [], comment: 'Seen.', createdAt: new Date().toISOString() })

  test.each([['accepted', 'accepted'], ['rejected', 'returned']] as const)('a head that is %s makes the task %s, and its annotator hears both', async (decision, state) => {
    const { ada, rita, orchestrator } = lab()
    const { task, receipt } = await submitted()
    const { cursor } = await pullAll(ada)
    const review = reviewOf(task.id, receipt.revisionId, decision)
    expect(await reviewBy(rita, review)).toMatchObject({ statementId: review.id, taskId: task.id })
    expect((await taskOf(orchestrator, task.id)).state).toBe(state)
    expect((await pullAll(ada, cursor)).changes).toMatchObject([{ kind: 'task', record: { id: task.id, state } }, { kind: 'review', record: review }])
  })

  test('a review may be sent again; its id with another content is a conflict', async () => {
    const { rita } = lab()
    const { task, receipt } = await submitted()
    const review = reviewOf(task.id, receipt.revisionId, 'accepted')
    expect(await reviewBy(rita, review)).toEqual(await reviewBy(rita, review))
    expect((await rita.client.problem('state', statement(rita, 'review', { ...review, decision: 'rejected' }))).status).toBe(409)
  })

  test('only reviewers review, in their own name, what was submitted', async () => {
    const { ada, rita } = lab()
    const { task, receipt } = await submitted()
    const review = reviewOf(task.id, receipt.revisionId, 'accepted')
    expect((await ada.client.problem('state', statement(ada, 'review', { ...review, reviewer: 'ada' }))).status).toBe(403)
    expect((await rita.client.problem('state', statement(rita, 'review', { ...review, reviewer: 'ada' }))).status).toBe(403)
    expect((await rita.client.problem('state', statement(rita, 'review', { ...review, revisionId: 'e'.repeat(64) }))).status).toBe(404)
    expect((await rita.client.problem('state', statement(rita, 'review', { ...review, taskId: 'task-none' }))).status).toBe(404)
  })

  test('a returned task takes a further revision', async () => {
    const { ada, rita, orchestrator } = lab()
    const place = await submitted()
    await reviewBy(rita, reviewOf(place.task.id, place.receipt.revisionId, 'rejected'))
    const next = await submitWork(ada, workOn(place, ada, { parents: [place.receipt.revisionId] }), ++lastSeq)
    expect(await taskOf(orchestrator, place.task.id)).toMatchObject({ state: 'submitted', headRevision: next.revisionId })
  })

  test('late work waits for review until a reviewer decides; accepted, it becomes the head', async () => {
    const { ada, rita, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    await orchestrator.assignTask(place.task.id, 'ben')
    const { revisionId } = await submitWork(ada, workOn(place, ada), ++lastSeq)
    const waiting = async () => (await orchestrator.listSubmissions()).find((held) => held.revisionId === revisionId)?.toReview
    expect(await waiting()).toBe(true)
    await reviewBy(rita, reviewOf(place.task.id, revisionId, 'accepted'))
    expect(await waiting()).toBe(false)
    expect(await taskOf(orchestrator, place.task.id)).toMatchObject({ state: 'accepted', headRevision: revisionId, assignee: 'ben' })
  })

  test('a lease is given to who has the task while it wants work, and ends with the submission', async () => {
    const { ada, ben, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    const lease = { params: { taskId: place.task.id } }
    const granted = await ada.client.ok('lease', lease)
    expect(granted.holder).toBe('ada')
    expect(Date.parse(granted.expiresAt)).toBeGreaterThan(Date.now())
    expect((await taskOf(orchestrator, place.task.id)).lease).toEqual(granted)
    expect((await ben.client.problem('lease', lease)).status).toBe(404)
    await submitWork(ada, workOn(place, ada), ++lastSeq)
    expect((await taskOf(orchestrator, place.task.id)).lease).toBeUndefined()
    expect((await ada.client.problem('lease', lease)).status).toBe(409)
  })

  test('a lease is not taken by one device of a person from another, and work of either is', async () => {
    const { ada, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    const ask = (device?: string) => ({ params: { taskId: place.task.id }, body: { device } })
    const granted = await ada.client.ok('lease', ask('laptop'))
    expect(granted.device).toBe('laptop')
    expect((await ada.client.ok('lease', ask('laptop'))).device).toBe('laptop')
    expect(await ada.client.problem('lease', ask('desktop'))).toMatchObject({ status: 409, code: 'leasedElsewhere' })
    await submitWork(ada, workOn(place, ada), ++lastSeq)
    expect((await taskOf(orchestrator, place.task.id)).lease).toBeUndefined()
  })

  test('work is taken after its lease has ended', async () => {
    const { ada, clock } = lab()
    const place = await aTaskFor(lab(), ada)
    await ada.client.ok('lease', { params: { taskId: place.task.id } })
    clock.ahead = 24 * 60 * 60_000
    expect((await submitWork(ada, workOn(place, ada), ++lastSeq)).late).toBe(false)
    clock.ahead = 0
  })
}
