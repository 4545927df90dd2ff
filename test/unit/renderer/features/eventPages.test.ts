import { expect, it } from 'vitest'
import { EventPages } from '../../../../renderer/features/audit/eventPages.ts'
import { AuditFilterSchema, type AuditPage } from '../../../../shared/rpc/auditSearch.ts'
import { at, SOME_HASH } from '../../../builders/windowRecords.ts'

const page = (seq: number, more: boolean): AuditPage => ({
  events: [{ wall: at('10:00:00'), device: 'd', epoch: 1, seq, type: 'submitted', hash: SOME_HASH, acknowledged: true }], ...(more && { next: { wall: at('10:00:00'), device: 'd', epoch: 1, seq } }),
})

/** Answers are given by the test, in any order. */
function anEngine() {
  const asked: { payload: { after?: { seq: number } }; answer: (page: AuditPage) => Promise<void> }[] = []
  return {
    asked,
    request: (_channel: string, payload: { after?: { seq: number } }) => new Promise<never>((resolve) => {
      asked.push({ payload, answer: async (given) => { resolve(given as never); await Promise.resolve(); await Promise.resolve() } })
    }),
  }
}

const seqs = (pages: EventPages) => pages.state.getState().events.map(({ seq }) => seq)

it('goes on from the last event, asks for a page once, and drops what answers another filter', async () => {
  const engine = anEngine()
  const pages = new EventPages(engine as never)
  pages.ask(AuditFilterSchema.parse({}))
  await engine.asked[0]?.answer(page(9, true))
  pages.more()
  pages.more()
  expect(engine.asked.map(({ payload }) => payload.after?.seq)).toEqual([undefined, 9])
  pages.ask(AuditFilterSchema.parse({ types: ['skipped'] }))
  await engine.asked[1]?.answer(page(8, true))
  expect(seqs(pages)).toEqual([9])
  await engine.asked[2]?.answer(page(3, false))
  expect(seqs(pages)).toEqual([3])
  pages.more()
  expect(engine.asked).toHaveLength(3)
})
