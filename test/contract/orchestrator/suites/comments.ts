import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { CommentSchema } from '../../../../shared/domain/comment.ts'
import type { Comment } from '../../../../shared/domain/comment.ts'
import { aTaskFor, pullAll, statement, submitWork, workOn } from '../lab.ts'
import type { OpenLab, Workstation } from '../lab.ts'
import { useLab } from './useLab.ts'

export function commentsSuite(open: OpenLab): void {
  const lab = useLab(open)
  let lastSeq = 0

  const opening = (taskId: string, author: string, fields: Partial<Comment> = {}): Comment => {
    const id = randomUUID()
    return CommentSchema.parse({ id, threadId: id, taskId, author, createdAt: new Date().toISOString(), act: { kind: 'opened', anchor: { kind: 'place', x: 10, y: 20 }, text: 'What is this?' }, ...fields })
  }
  const say = (station: Workstation, comment: unknown) => station.client.ok('state', statement(station, 'comment', comment))

  test("a reviewer's comment reaches the annotator, and the answer comes back", async () => {
    const { ada, rita } = lab()
    const { task } = await aTaskFor(lab(), ada)
    const [atAda, atRita] = [(await pullAll(ada)).cursor, (await pullAll(rita)).cursor]
    const question = opening(task.id, 'rita')
    await say(rita, question)
    expect((await pullAll(ada, atAda)).changes).toMatchObject([{ kind: 'comment', record: question }])
    const answer = opening(task.id, 'ada', { threadId: question.id, act: { kind: 'replied', text: 'A dog.' } })
    await say(ada, answer)
    expect((await pullAll(rita, atRita)).changes).toMatchObject([{ kind: 'comment', record: question }, { kind: 'comment', record: answer }])
  })

  test('a comment may be sent again and gets the same receipt; its id with other words is a conflict', async () => {
    const { ada } = lab()
    const { task } = await aTaskFor(lab(), ada)
    const comment = opening(task.id, 'ada')
    expect(await say(ada, comment)).toEqual(await say(ada, comment))
    const other = { ...comment, act: { kind: 'opened', anchor: { kind: 'task' }, text: 'Other words' } }
    expect((await ada.client.problem('state', statement(ada, 'comment', other))).status).toBe(409)
  })

  test('one comments in one\'s own name, on tasks that one sees or had', async () => {
    const { ada, ben, orchestrator } = lab()
    const { task } = await aTaskFor(lab(), ada)
    expect((await ben.client.problem('state', statement(ben, 'comment', opening(task.id, 'ben')))).status).toBe(404)
    expect((await ben.client.problem('state', statement(ben, 'comment', opening(task.id, 'ada')))).status).toBe(403)
    await orchestrator.assignTask(task.id, 'ben')
    await say(ada, opening(task.id, 'ada'))
  })

  test('reviewers are told of each result, its author and its history; annotators of none', async () => {
    const { ada, ben, rita } = lab()
    const place = await aTaskFor(lab(), ada)
    const [atAda, atBen, atRita] = [(await pullAll(ada)).cursor, (await pullAll(ben)).cursor, (await pullAll(rita)).cursor]
    const work = workOn(place, ada)
    await submitWork(ada, work, ++lastSeq)
    const revisions = async (station: Workstation, cursor: string) => (await pullAll(station, cursor)).changes.filter(({ kind }) => kind === 'revision')
    expect(await revisions(rita, atRita)).toMatchObject([{ record: { id: work.revisionId, taskId: place.task.id, author: 'ada', late: false, journalSha256: work.revision.journalSha256 } }])
    expect(await revisions(ada, atAda)).toEqual([])
    expect(await revisions(ben, atBen)).toEqual([])
  })

  test('a reviewer corrects a result: the correction is no late work, and grows from it', async () => {
    const { ada, rita, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    const { revisionId } = await submitWork(ada, workOn(place, ada), ++lastSeq)
    const receipt = await submitWork(rita, workOn(place, rita, { parents: [revisionId] }), ++lastSeq)
    expect(receipt.late).toBe(false)
    expect(await orchestrator.getTask(place.task.id)).toMatchObject({ state: 'submitted', headRevision: receipt.revisionId, assignee: 'ada' })
  })
}
