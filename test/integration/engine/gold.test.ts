import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Engine } from '../../../electron/engine/engine.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import type { RevisionId } from '../../../shared/domain/ids.ts'
import { draw, openEngineLab, pullAll } from './engineLab.ts'

const task = TaskIdSchema.parse('task-a')
/** Ids that occur in nothing but the answer: one is drawn a little beside, the other is missed. */
const ANSWER = [
  { id: 'the-answer-1', classId: 'person', geometry: { kind: 'rectangle', x: 6, y: 5, width: 20, height: 20 } },
  { id: 'the-answer-2', classId: 'person', geometry: { kind: 'rectangle', x: 40, y: 20, width: 20, height: 20 } },
]

async function submit(engine: Engine): Promise<RevisionId> {
  const result = await engine.call('tasks.submit', { taskId: task, timeOnTaskMs: 1000 })
  if (result.kind !== 'submitted') throw new Error(JSON.stringify(result.violations))
  await engine.syncOnce()
  return result.revisionId
}

/** An annotator who has answered a gold task, and a reviewer who pulled it. */
async function answered() {
  const lab = await openEngineLab()
  await lab.addTask('a')
  await lab.server.setGold(task, { shapes: ANSWER, feedback: 'atOnce' })
  const annotator = await lab.open()
  await pullAll(annotator)
  await draw(annotator, 'a', 'first')
  const revisionId = await submit(annotator)
  await pullAll(annotator)
  const reviewer = await lab.openFor({ id: 'rita', roles: ['reviewer'] })
  await pullAll(reviewer)
  return { lab, annotator, reviewer, revisionId }
}

const kindsOf = async (engine: Engine) => (await engine.call('versions.comparable', { taskId: task })).map(({ kind }) => kind)

it('lets a reviewer compare a result with the answer, and tells its score', async () => {
  const { reviewer, revisionId } = await answered()
  expect(await kindsOf(reviewer)).toEqual(['revision', 'gold'])
  const { from, differences } = await reviewer.call('versions.between', { jobId: 'compare', taskId: task, from: { kind: 'gold' }, to: { kind: 'revision', revisionId } })
  expect(from).toMatchObject({ version: { kind: 'gold', shapes: 2 }, content: { shapes: [{ id: 'the-answer-1' }, { id: 'the-answer-2' }] } })
  expect(differences).toMatchObject({ removed: ['the-answer-2'], added: [], changed: [{ before: 'the-answer-1', after: 'first', aspects: ['moved'] }] })
  expect((await reviewer.call('reviews.story', { taskId: task })).goldScores).toMatchObject([{ revisionId, matched: 1, missed: 1, extra: 0, recall: 0.5 }])
})

it('never reaches the workspace of the annotator, who learns the score alone', async () => {
  const { lab, annotator, revisionId } = await answered()
  expect(await kindsOf(annotator)).not.toContain('gold')
  await expect(annotator.call('versions.between', { jobId: 'compare', taskId: task, from: { kind: 'gold' }, to: { kind: 'revision', revisionId } })).rejects.toThrow('There is no gold answer')
  expect(await annotator.call('reviews.story', { taskId: task })).not.toHaveProperty('goldScores')
  expect(filesWith(lab.folder, revisionId)).not.toEqual([])
  expect(filesWith(lab.folder, 'the-answer')).toEqual([])
  await annotator.stop()
  expect(filesWith(lab.folder, 'the-answer')).toEqual([])
})

it('is taken away from a reviewer to whom the task falls, and comes back when it goes to somebody else', async () => {
  const { lab, reviewer } = await answered()
  await lab.server.assignTask(task, 'rita')
  await reviewer.syncOnce()
  expect(await kindsOf(reviewer)).not.toContain('gold')
  await lab.server.assignTask(task, 'demo-annotator')
  await reviewer.syncOnce()
  expect(await kindsOf(reviewer)).toContain('gold')
})

it('comes with all older work to somebody who becomes a reviewer, and leaves with the results of others when they are none any more', async () => {
  const { lab, annotator, revisionId } = await answered()
  await annotator.call('comments.add', { taskId: task, revisionId, act: { kind: 'opened', anchor: { kind: 'task' }, text: 'Is this enough?' } })
  await annotator.syncOnce()
  const person = await lab.openFor({ id: 'dora', roles: ['annotator'] })
  await pullAll(person)
  await expect(person.call('versions.comparable', { taskId: task })).rejects.toThrow('There is no task')

  await lab.server.setRoles('dora', ['reviewer'])
  const again = await lab.reopen(person, 'dora')
  await pullAll(again)
  expect(await kindsOf(again)).toEqual(['revision', 'gold'])
  expect((await again.call('reviews.queue', { query: {} })).rows).toMatchObject([{ revisionId, isHere: true, author: 'demo-annotator' }])
  expect(await again.call('reviews.story', { taskId: task })).toMatchObject({ revisions: [{ id: revisionId, hasJournal: true }], comments: [{ author: 'demo-annotator' }], goldScores: [{ revisionId }] })
  expect((await again.call('audit.facets', {})).devices).toContainEqual(expect.objectContaining({ owner: 'demo-annotator' }))

  await lab.server.setRoles('dora', ['annotator'])
  const last = await lab.reopen(again, 'dora')
  await last.syncOnce()
  expect(await last.call('sync.status', {})).toMatchObject({ phase: 'synced' })
  expect(await kindsOf(last)).toEqual([])
  expect((await last.call('reviews.queue', { query: {} })).total).toBe(0)
  expect(await last.call('reviews.story', { taskId: task })).toEqual({ revisions: [], reviews: [], comments: [] })
  await expect(last.call('revisions.get', { revisionId })).rejects.toThrow('There is no revision')
  expect((await last.call('audit.facets', {})).devices).not.toContainEqual(expect.objectContaining({ owner: 'demo-annotator' }))
  expect((await last.call('tasks.query', { query: {} })).rows).toEqual([])
})

/** The files of a workspace that hold a text as it is. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text)).map(({ name }) => name)
}
