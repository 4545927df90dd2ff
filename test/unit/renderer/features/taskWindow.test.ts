import { describe, expect, it } from 'vitest'
import { TaskWindow } from '../../../../renderer/features/queue/taskWindow.ts'
import { TaskQuerySchema, type TaskQuery } from '../../../../shared/rpc/taskRows.ts'
import { taskRow } from '../../../builders/windowRecords.ts'

const TOTAL = 5_000

/** An engine that answers pages when it is told to. */
function pagedEngine() {
  const asked: { offset: number; text: string; answer: () => Promise<void> }[] = []
  const request = ((_channel: string, { query, offset, limit }: { query: TaskQuery; offset: number; limit: number }) =>
    new Promise((resolve) => {
      const rows = Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, index) => taskRow(offset + index, { name: `${query.filter.text}${offset + index}` }))
      asked.push({ offset, text: query.filter.text, answer: async () => { resolve({ total: TOTAL, rows }); await Promise.resolve() } })
    })) as never
  return { asked, engine: { request } }
}

const all = TaskQuerySchema.parse({})
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('TaskWindow', () => {
  it('fetches the pages in sight once each', async () => {
    const { asked, engine } = pagedEngine()
    const window = new TaskWindow(engine, all)
    window.look(150, 250)
    window.look(160, 260)
    expect(asked.map(({ offset }) => offset)).toEqual([0, 200])
    for (const { answer } of asked) await answer()
    await settle()
    expect(window.row(210)?.name).toBe('210')
    expect(window.row(1_000)).toBeUndefined()
    window.look(150, 250)
    expect(asked).toHaveLength(2)
  })

  it('keeps the old rows until the new question is answered, and drops late answers to the old one', async () => {
    const { asked, engine } = pagedEngine()
    const window = new TaskWindow(engine, all)
    window.look(0, 20)
    await asked[0]?.answer()
    await settle()
    window.look(190, 210)
    window.ask({ ...all, filter: { ...all.filter, text: 'cat' } })
    expect(window.row(5)?.name).toBe('5')
    await asked.find(({ text }) => text === 'cat')?.answer()
    await settle()
    expect(window.row(5)?.name).toBe('cat5')
    await asked.find(({ offset, text }) => offset === 200 && text === '')?.answer()
    await settle()
    expect(window.row(205)).toBeUndefined()
  })

  it('does not keep every page it has ever seen', async () => {
    const { asked, engine } = pagedEngine()
    const window = new TaskWindow(engine, all)
    for (let row = 0; row < TOTAL; row += 200) {
      window.look(row, row + 20)
      await asked.at(-1)?.answer()
      await settle()
    }
    expect(window.state.getState().pages.size).toBeLessThanOrEqual(13)
    const before = asked.length
    window.look(0, 20)
    expect(asked.length).toBe(before + 1)
  })
})
