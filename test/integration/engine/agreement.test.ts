import { expect, it } from 'vitest'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { adding, aShape } from '../../builders/records.ts'
import { openEngineLab, openTask, pullAll, type EngineLab } from './engineLab.ts'

/** Draws rectangles, ten pixels wide and high, in somebody's task and hands it in. */
async function label(lab: EngineLab, person: string, ...places: number[]) {
  const engine = await lab.openFor({ id: person, roles: ['annotator'] })
  await lab.server.addTask({ id: `task-${person}`, projectId: 'project-1', assetId: 'asset-a', assignee: person, replicaGroup: 'three-of-a' })
  await pullAll(engine)
  const taskId = TaskIdSchema.parse(`task-${person}`)
  for (const x of places) {
    const { journalSeq: afterSeq } = await openTask(engine, person)
    const shape = aShape({ id: `${person}-${x}`, createdBy: person, geometry: { kind: 'rectangle', x, y: 5, width: 10, height: 10 } })
    await engine.call('tasks.commit', { taskId, afterSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shape) }], timeOnTaskMs: 1 })
  }
  await engine.call('tasks.submit', { taskId, timeOnTaskMs: 1 })
  await engine.syncOnce()
  return engine
}

const taskOfAda = TaskIdSchema.parse('task-ada')

it('tells a reviewer how far three annotators of one image agree, and which shape nobody else has', async () => {
  const lab = await openEngineLab()
  await lab.addTask('a')
  const ada = await label(lab, 'ada', 5, 30)
  await label(lab, 'bea', 5, 30)
  await label(lab, 'cleo', 5, 50)
  expect((await lab.server.getTask('task-ada'))?.replicaGroup).toBe('three-of-a')
  expect((await openTask(ada, 'ada')).task).not.toHaveProperty('replicaGroup')

  const reviewer = await lab.openFor({ id: 'rita', roles: ['reviewer'] })
  await pullAll(reviewer)
  const { results, figures } = await reviewer.call('quality.agreement', { taskId: taskOfAda })
  expect(results.map(({ annotator, taskId }) => [annotator, taskId])).toEqual([['ada', 'task-ada'], ['bea', 'task-bea'], ['cleo', 'task-cleo']])
  expect(figures?.pairs.map(({ left, right, at50 }) => [left, right, at50.f1])).toEqual([['ada', 'bea', 1], ['ada', 'cleo', 0.5], ['bea', 'cleo', 0.5]])
  expect(figures?.alone).toEqual([expect.objectContaining({ annotator: 'cleo', taskId: 'task-cleo', shapeId: 'cleo-50', x: 55, y: 10 })])
  await expect.poll(async () => (await reviewer.call('reviews.queue', { query: {} })).rows.map(({ agreement }) => agreement?.toFixed(2))).toEqual(['0.67', '0.67', '0.67'])
  expect((await reviewer.call('dashboard.figures', { filter: {} })).agreement).toEqual([{ tenth: 6, images: 1, f1: expect.closeTo(2 / 3) as number }])
  const below = async (maxAgreement: number) => (await reviewer.call('reviews.queue', { query: { filter: { maxAgreement } } })).total
  expect([await below(0.6), await below(0.7)]).toEqual([0, 3])
})

it('makes what most of them marked the draft of a task, which grows from their result and is accepted like a correction', async () => {
  const lab = await openEngineLab()
  await lab.addTask('a')
  await label(lab, 'ada', 5, 30)
  await label(lab, 'bea', 6, 30)
  await label(lab, 'cleo', 5, 50)
  const reviewer = await lab.openFor({ id: 'rita', roles: ['reviewer'] })
  await pullAll(reviewer)
  const { results } = await reviewer.call('quality.agreement', { taskId: taskOfAda })
  const corrects = results.find(({ annotator }) => annotator === 'ada')?.revisionId
  if (corrects === undefined) throw new Error('Ada has no result')
  expect(await reviewer.call('quality.propose', { taskId: taskOfAda })).toEqual({ shapes: 2 })
  const { records, undo } = await openTask(reviewer, 'ada')
  expect(records).toMatchObject([{ provenance: { source: 'consensus', annotators: 3 } }, { provenance: { source: 'consensus', annotators: 3 } }])
  expect(undo).toMatchObject([{ name: 'takeConsensus' }])
  await expect(reviewer.call('quality.propose', { taskId: taskOfAda })).rejects.toMatchObject({ code: 'conflict' })

  const done = await reviewer.call('reviews.acceptCorrection', { taskId: taskOfAda, corrects, timeOnTaskMs: 1 })
  if (done.kind !== 'accepted') throw new Error('It was not accepted')
  expect(await reviewer.call('revisions.get', { revisionId: done.review.revisionId })).toMatchObject({ parents: [corrects], author: 'rita' })
  await reviewer.syncOnce()
  expect(await lab.server.getTask('task-ada')).toMatchObject({ state: 'accepted', headRevision: done.review.revisionId })
})

it('says nothing of an image that one person labelled', async () => {
  const lab = await openEngineLab()
  await lab.addTask('a')
  await label(lab, 'ada', 5)
  const reviewer = await lab.openFor({ id: 'rita', roles: ['reviewer'] })
  await pullAll(reviewer)
  const { results, figures } = await reviewer.call('quality.agreement', { taskId: taskOfAda })
  expect(results.map(({ annotator }) => annotator)).toEqual(['ada'])
  expect(figures).toBeUndefined()
  expect((await reviewer.call('reviews.queue', { query: {} })).rows.map(({ agreement }) => agreement)).toEqual([undefined])
})
