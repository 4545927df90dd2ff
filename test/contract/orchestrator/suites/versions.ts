import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { submissionObjectKey } from '../../../../shared/api/messages.ts'
import { A_LABEL_SCHEMA } from '../../../builders/records.ts'
import { aTaskFor, PROJECT, register, submitWork, taskOf, workOn } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

/** Work that meets other work, or a task that changed meanwhile: all of it is kept. */
export function versionsSuite(open: OpenLab): void {
  const lab = useLab(open)
  let lastSeq = 0
  const nextSeq = () => ++lastSeq
  const heldFor = async (taskId: string) => (await lab().orchestrator.listSubmissions()).filter((held) => held.taskId === taskId)

  test('work on a task that went to somebody else is kept as late, for review, and leaves the task alone', async () => {
    const { ada, ben, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    await orchestrator.assignTask(place.task.id, 'ben')
    const before = await taskOf(orchestrator, place.task.id)
    expect((await submitWork(ada, workOn(place, ada), nextSeq())).late).toBe(true)
    expect(await taskOf(orchestrator, place.task.id)).toEqual(before)
    expect(await heldFor(place.task.id)).toMatchObject([{ author: 'ada', late: true, toReview: true }])
    expect((await submitWork(ben, workOn(place, ben), nextSeq())).late).toBe(false)
  })

  test.each(['cancelTask', 'deleteTask'] as const)('work that arrives after %s is kept as late', async (end) => {
    const { ada, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    await orchestrator[end](place.task.id)
    expect((await submitWork(ada, workOn(place, ada), nextSeq())).late).toBe(true)
  })

  test('two devices of one person: both versions are kept, the second one for review', async () => {
    const { ada, orchestrator } = lab()
    const [here, there] = [await register(ada), await register(ada)]
    const place = await aTaskFor(lab(), ada)
    const first = await submitWork(here, workOn(place, here), 1)
    const second = await submitWork(there, workOn(place, there), 1)
    expect(await heldFor(place.task.id)).toMatchObject([
      { revisionId: first.revisionId, toReview: false, late: false }, { revisionId: second.revisionId, toReview: true, late: false },
    ])
    expect((await taskOf(orchestrator, place.task.id)).headRevision).toBe(second.revisionId)
    expect((await taskOf(orchestrator, place.task.id)).otherRevisions).toEqual([first.revisionId])
    const third = await submitWork(here, workOn(place, here, { parents: [first.revisionId, second.revisionId] }), 2)
    expect((await heldFor(place.task.id)).find(({ revisionId }) => revisionId === third.revisionId)).toMatchObject({ toReview: false })
    // A version that grew from both leaves none beside it.
    expect(await taskOf(orchestrator, place.task.id)).toMatchObject({ headRevision: third.revisionId, otherRevisions: [] })
  })

  test('a person may read the results of the tasks they see, and of no others', async () => {
    const { ada, ben } = lab()
    const place = await aTaskFor(lab(), ada)
    const { revisionId } = await submitWork(ada, workOn(place, ada), nextSeq())
    const key = submissionObjectKey(revisionId)
    const { grants } = await ada.client.ok('grantDownload', { body: { assetId: place.asset.id, keys: [key] } })
    const answer = await fetch(grants[0]?.url ?? '', { headers: grants[0]?.headers ?? {} })
    expect(createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex')).toBe(revisionId)
    expect(await ben.client.problem('grantDownload', { body: { assetId: place.asset.id, keys: [key] } })).toMatchObject({ status: 404 })
    const elsewhere = await aTaskFor(lab(), ada)
    expect(await ada.client.problem('grantDownload', { body: { assetId: elsewhere.asset.id, keys: [key] } })).toMatchObject({ status: 403 })
  })

  test('work is held against the version of the label schema that it was done with', async () => {
    const { ada, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    await orchestrator.publishLabelSchema(PROJECT, { ...A_LABEL_SCHEMA, classes: A_LABEL_SCHEMA.classes.slice(0, 1) })
    expect((await submitWork(ada, workOn(place, ada), nextSeq())).late).toBe(false)
    await orchestrator.publishLabelSchema(PROJECT, A_LABEL_SCHEMA)
  })
}
