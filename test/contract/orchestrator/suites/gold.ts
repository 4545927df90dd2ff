import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Change } from '../../../../shared/api/records.ts'
import { aShape } from '../../../builders/records.ts'
import { aTaskFor, PROJECT, pullAll, submitWork, workOn } from '../lab.ts'
import type { NewWork, OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

const box = (x: number) => ({ kind: 'rectangle' as const, x, y: 10, width: 40, height: 40 })
const ANSWER = [{ id: 'gold-1', classId: 'person', geometry: box(10) }, { id: 'gold-2', classId: 'person', geometry: box(100) }, { id: 'gold-3', classId: 'person', geometry: box(200) }]

export function goldSuite(open: OpenLab): void {
  const lab = useLab(open)
  let lastSeq = 0

  /** A gold task of Ada's, and her result: one found, one missed, one of the wrong class, one too many. */
  const scored = async (feedback: 'atOnce' | 'later' | 'never') => {
    const { ada, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    await orchestrator.setGold(place.task.id, { shapes: ANSWER, tags: ['blurred'], feedback })
    const cursor = (await pullAll(ada)).cursor
    const ritas = (await pullAll(lab().rita)).cursor
    return { place, cursor, ritas, receipt: await submitWork(ada, ofAda(place), ++lastSeq) }
  }
  const ofAda = (place: NewWork) => workOn(place, lab().ada, {
    shapes: [
      aShape({ id: randomUUID(), geometry: box(12) }), aShape({ id: randomUUID(), classId: 'car', geometry: box(100), attributes: { view: 'front' } }), aShape({ id: randomUUID(), geometry: box(400) }),
    ],
  })
  const goldIn = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === 'gold' || kind === 'goldScore')

  test('a result is scored when it comes, and reviewers learn answer and score', async () => {
    const { rita } = lab()
    const { place, receipt, ritas } = await scored('never')
    const answer = goldIn((await pullAll(rita)).changes).findLast((change) => change.kind === 'gold' && change.record.taskId === place.task.id)
    expect(answer).toMatchObject({ record: { taskId: place.task.id, threshold: 0.5, feedback: 'never', tags: ['blurred'] } })
    expect(goldIn((await pullAll(rita, ritas)).changes)).toMatchObject([{
      kind: 'goldScore',
      record: { revisionId: receipt.revisionId, author: 'ada', matched: 1, missed: 1, extra: 1, wrongClass: 1, precision: 1 / 3, recall: 1 / 3, f1: 1 / 3, missedTags: 1, extraTags: 0 },
    }])
  })

  test('the author learns the score at once, when it is released, or never, and the answer in no case', async () => {
    const { ada, rita, orchestrator } = lab()
    const [atOnce, later, never] = [await scored('atOnce'), await scored('later'), await scored('never')]
    // A change brings the record as it is now: one that was kept back comes again when it may be told.
    const scoresSince = async (cursor: string) => [...new Set(goldIn((await pullAll(ada, cursor)).changes).map((change) => (change.kind === 'goldScore' ? change.record.revisionId : change.kind)))]
    expect(await scoresSince(atOnce.cursor)).toEqual([atOnce.receipt.revisionId])
    expect(await scoresSince(later.cursor)).toEqual([])
    await orchestrator.releaseGoldScores(PROJECT)
    await orchestrator.releaseGoldScores(PROJECT)
    expect(await scoresSince(later.cursor)).toEqual([later.receipt.revisionId])
    expect(await scoresSince(never.cursor)).toEqual([later.receipt.revisionId])
    const whole = goldIn((await pullAll(ada)).changes)
    expect(whole.map(({ kind }) => kind)).not.toContain('gold')
    expect(JSON.stringify(await pullAll(ada))).not.toContain('gold-1')
    expect(goldIn((await pullAll(rita)).changes).filter(({ kind }) => kind === 'goldScore').length).toBeGreaterThanOrEqual(3)
  })

  test('nothing that an annotator gets tells a gold task from another, down to the numbers of the changes', async () => {
    const { ada, orchestrator } = lab()
    const story = async (isGold: boolean) => {
      const before = (await pullAll(ada)).cursor
      const place = await aTaskFor(lab(), ada)
      const assigned = await pullAll(ada, before)
      // Whenever it becomes one, that is between two things that happen to the task.
      if (isGold) await orchestrator.setGold(place.task.id, { shapes: ANSWER, feedback: 'never' })
      const receipt = await submitWork(ada, ofAda(place), ++lastSeq)
      const after = await pullAll(ada, assigned.cursor)
      await orchestrator.assignTask(place.task.id, 'ben')
      await orchestrator.assignTask(place.task.id, 'ada')
      const again = await pullAll(ada, after.cursor)
      // Ids, hashes, times and names are those of the task alone.
      const known = [place.task.id, place.asset.id, place.asset.name, place.asset.sha256, receipt.revisionId]
      return [assigned, after, again].map(({ changes }) => {
        const first = changes[0]?.seq ?? 0
        const text = JSON.stringify(changes.map(({ seq, ...change }) => ({ ...change, seq: seq - first })))
        return known.reduce((shown, value, place) => shown.replaceAll(value, `#${place}`), text)
      })
    }
    expect(await story(true)).toEqual(await story(false))
  })

  test('work that was passed over is not scored', async () => {
    const { ada, rita, orchestrator } = lab()
    const place = await aTaskFor(lab(), ada)
    await orchestrator.setGold(place.task.id, { shapes: ANSWER, feedback: 'atOnce' })
    const { cursor } = await pullAll(rita)
    await submitWork(ada, workOn(place, ada, { outcome: { kind: 'skipped', reason: 'dark' }, shapes: [] }), ++lastSeq)
    expect(goldIn((await pullAll(rita, cursor)).changes)).toEqual([])
  })

  test('who has the task next is told neither the answer nor how somebody else did', async () => {
    const { ben, orchestrator } = lab()
    const { place } = await scored('atOnce')
    const { cursor } = await pullAll(ben)
    await orchestrator.assignTask(place.task.id, 'ben')
    expect(goldIn((await pullAll(ben, cursor)).changes)).toEqual([])
  })

  test('a reviewer to whom a gold task falls is not told its answer with it', async () => {
    const { rita, orchestrator } = lab()
    const place = await aTaskFor(lab(), rita)
    const { cursor } = await pullAll(rita)
    await orchestrator.setGold(place.task.id, { shapes: ANSWER, feedback: 'never' })
    expect(goldIn((await pullAll(rita, cursor)).changes)).toEqual([])
  })

  test('a restored server forgets the scores of what it forgets', async () => {
    const { ada, rita, orchestrator } = lab()
    const kept = await submitWork(ada, workOn(await aTaskFor(lab(), ada), ada), ++lastSeq)
    const { receipt } = await scored('atOnce')
    await orchestrator.rollBack(kept.seq)
    const scores = goldIn((await pullAll(rita)).changes).map((change) => (change.kind === 'goldScore' ? change.record.revisionId : undefined))
    expect(scores).not.toContain(receipt.revisionId)
  })
}
