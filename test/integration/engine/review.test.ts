import { expect, it } from 'vitest'
import type { Engine } from '../../../electron/engine/engine.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import type { RevisionId } from '../../../shared/domain/ids.ts'
import { adding } from '../../builders/records.ts'
import { draw, openEngineLab, openTask, pullAll, rowOf, rows, shapeOf } from './engineLab.ts'

const task = TaskIdSchema.parse('task-a')

async function submit(engine: Engine): Promise<RevisionId> {
  const result = await engine.call('tasks.submit', { taskId: task, timeOnTaskMs: 1000 })
  if (result.kind !== 'submitted') throw new Error(JSON.stringify(result.violations))
  return result.revisionId
}

/** An annotator who has submitted one task, and a reviewer who pulled it and is offline since. */
async function submitted() {
  const lab = await openEngineLab()
  await lab.addTask('a')
  await lab.addTask('b')
  const annotator = await lab.open()
  await pullAll(annotator)
  await draw(annotator, 'a', 'first')
  const revisionId = await submit(annotator)
  await annotator.syncOnce()
  const reviewer = await lab.openFor({ id: 'rita', roles: ['reviewer'] })
  await pullAll(reviewer)
  return { lab, annotator, reviewer, revisionId }
}

const queue = async (engine: Engine) => (await engine.call('reviews.queue', { query: {} })).rows
const story = (engine: Engine) => engine.call('reviews.story', { taskId: task })

it('brings a result with its image and its edit history to the reviewer, whose own queue stays free of it', async () => {
  const { reviewer, revisionId } = await submitted()
  expect(await queue(reviewer)).toMatchObject([{ taskId: task, revisionId, author: 'demo-annotator', isHere: true, shapes: 1, prefetch: 'ready' }])
  expect((await story(reviewer)).revisions).toMatchObject([{ id: revisionId, isHere: true, hasJournal: true, journalLength: 1 }])
  expect(await reviewer.call('revisions.get', { revisionId })).toMatchObject({ shapes: [{ id: 'first' }] })
  expect(await rows(reviewer)).toEqual([])
})

it('takes a rejection with comments made offline to the annotator, and the correction back to be accepted', async () => {
  const { annotator, reviewer, revisionId } = await submitted()
  const comment = await reviewer.call('comments.add', { taskId: task, revisionId, act: { kind: 'opened', anchor: { kind: 'place', x: 10, y: 12 }, text: 'There is another one here' } })
  await reviewer.call('reviews.decide', { taskId: task, revisionId, decision: 'rejected', reasons: ['missedObject'] })
  expect(await queue(reviewer)).toEqual([])
  expect(await reviewer.call('sync.status', {})).toMatchObject({ outbox: { waiting: 2, dead: 0 } })

  await reviewer.syncOnce()
  expect(await reviewer.call('sync.status', {})).toMatchObject({ phase: 'synced', outbox: { waiting: 0, dead: 0 } })
  await annotator.syncOnce()
  expect(await rowOf(annotator, 'a')).toMatchObject({ standing: 'returned' })
  expect(await story(annotator)).toMatchObject({ reviews: [{ decision: 'rejected', reasons: ['missedObject'], reviewer: 'rita' }], comments: [{ id: comment.id, act: { text: 'There is another one here' } }] })

  await draw(annotator, 'a', 'second')
  await annotator.call('comments.add', { taskId: task, threadId: comment.id, act: { kind: 'replied', text: 'Done' } })
  await annotator.call('comments.add', { taskId: task, threadId: comment.id, act: { kind: 'resolved' } })
  const corrected = await submit(annotator)
  await annotator.syncOnce()
  await reviewer.syncOnce()
  expect(await queue(reviewer)).toMatchObject([{ revisionId: corrected, shapes: 2, openThreads: 0 }])
  expect((await story(reviewer)).revisions.map(({ id, hasJournal }) => [id, hasJournal])).toEqual([[revisionId, true], [corrected, true]])
  await reviewer.call('reviews.decide', { taskId: task, revisionId: corrected, decision: 'accepted' })
  await reviewer.syncOnce()
  await annotator.syncOnce()
  expect(await rowOf(annotator, 'a')).toMatchObject({ standing: 'accepted' })
})

it('lets the reviewer mend a result and accept what was mended, in one go', async () => {
  const { lab, annotator, reviewer, revisionId } = await submitted()
  await reviewer.call('reviews.correct', { taskId: task, revisionId })
  const { journalSeq, records } = await openTask(reviewer, 'a')
  expect(records.map(({ id }) => id)).toEqual(['first'])
  await reviewer.call('tasks.commit', { taskId: task, afterSeq: journalSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shapeOf('mended')) }], timeOnTaskMs: 500 })
  const result = await reviewer.call('reviews.acceptCorrection', { taskId: task, corrects: revisionId, timeOnTaskMs: 500 })
  if (result.kind !== 'accepted') throw new Error('not accepted')
  await reviewer.syncOnce()
  expect(await reviewer.call('sync.status', {})).toMatchObject({ phase: 'synced' })
  expect(await lab.server.getTask(task)).toMatchObject({ state: 'accepted', headRevision: result.review.revisionId, assignee: 'demo-annotator' })
  expect(await reviewer.call('revisions.get', { revisionId: result.review.revisionId })).toMatchObject({ parents: [revisionId], author: 'rita' })

  await annotator.syncOnce()
  expect(await rowOf(annotator, 'a')).toMatchObject({ standing: 'accepted' })
  expect(await annotator.call('versions.list', {})).toEqual([])
})

it('accepts a result as it is when nothing was mended', async () => {
  const { reviewer, revisionId } = await submitted()
  await reviewer.call('reviews.correct', { taskId: task, revisionId })
  expect(await reviewer.call('reviews.acceptCorrection', { taskId: task, corrects: revisionId, timeOnTaskMs: 0 })).toMatchObject({ kind: 'accepted', review: { revisionId, decision: 'accepted' } })
})

it('offers a review again to a server that was restored from before it', async () => {
  const { lab, reviewer, revisionId, annotator } = await submitted()
  await reviewer.call('reviews.decide', { taskId: task, revisionId, decision: 'accepted' })
  await reviewer.syncOnce()
  await lab.server.rollBack(0)
  await annotator.syncOnce()
  await annotator.syncOnce()
  await reviewer.syncOnce()
  await reviewer.syncOnce()
  expect(await lab.server.getTask(task)).toMatchObject({ state: 'accepted', headRevision: revisionId })
})

it('gives an annotator nothing of what others did', async () => {
  const { lab } = await submitted()
  const other = await lab.openFor({ id: 'ben', roles: ['annotator'] })
  await pullAll(other)
  expect(await other.call('reviews.queue', { query: {} })).toEqual({ total: 0, waiting: 0, rows: [] })
  expect(await rows(other)).toEqual([])
  await expect(other.call('reviews.story', { taskId: task })).rejects.toMatchObject({ code: 'notFound' })
})
