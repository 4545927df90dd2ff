import { expect, test } from 'vitest'
import { commitOf } from '../../../builders/revision.ts'
import { aTaskFor, pullAll, submitWork, taskOf, workOn } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

export function rollBackSuite(open: OpenLab): void {
  const lab = useLab(open)

  test('a server restored from a backup has another epoch, forgets what came later, and takes it again', async () => {
    const { ada, orchestrator } = lab()
    const [kept, lost] = [await aTaskFor(lab(), ada), await aTaskFor(lab(), ada)]
    const keptReceipt = await submitWork(ada, workOn(kept, ada), 1)
    const work = workOn(lost, ada)
    await submitWork(ada, work, 2)
    const before = await pullAll(ada)

    await orchestrator.rollBack(keptReceipt.seq)
    expect((await ada.client.problem('pull', { query: { cursor: before.cursor } })).code).toBe('cursorExpired')
    const after = await pullAll(ada)
    expect(after.epoch).not.toBe(before.epoch)
    expect((await orchestrator.listSubmissions()).map(({ submissionId }) => submissionId)).toEqual([keptReceipt.submissionId])
    expect(await taskOf(orchestrator, lost.task.id)).toEqual(lost.task)
    expect(await taskOf(orchestrator, kept.task.id)).toMatchObject({ state: 'submitted', headRevision: keptReceipt.revisionId })

    const again = await ada.client.ok('submit', { body: commitOf(work, 2) })
    expect(again).toMatchObject({ sha256: work.sha256, late: false, seq: keptReceipt.seq + 1 })
    expect(await orchestrator.listSubmissions()).toHaveLength(2)
  })
}
