import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sourceOfLines } from '../../../../electron/engine/timeTravel/journalSource.ts'
import { Timeline } from '../../../../electron/engine/timeTravel/timeline.ts'
import { applyDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftRecord, JournalEntry } from '../../../../shared/domain/draft.ts'
import { aJournal, type Deed } from '../../../builders/journal.ts'
import { holdsInTime } from '../../../builders/property.ts'

const deed = fc.record<Deed>({
  kind: fc.constantFrom('put', 'put', 'put', 'remove', 'undo', 'redo'), shape: fc.nat(12), x: fc.nat(100), pauseMs: fc.nat(100_000),
})

const linesOf = (journal: readonly JournalEntry[]) => journal.map((line) => JSON.stringify(line))
const timelineOf = (journal: readonly JournalEntry[]) => Timeline.read(sourceOfLines(linesOf(journal)), () => Promise.resolve())

/** Every diff in turn, from the start. */
function replayed(journal: readonly JournalEntry[], position: number): Map<string, DraftRecord> {
  const records = new Map<string, DraftRecord>()
  for (const { diff } of journal.slice(0, position)) applyDiff(records, diff)
  return records
}

const byId = (records: readonly DraftRecord[]) => [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
const put = (shape: number, x: number, pauseMs = 1000): Deed => ({ kind: 'put', shape, x, pauseMs })

describe('Timeline', () => {
  it('answers at any position what a replay from the start leads to, in any order of questions', async () => {
    const questions = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 })
    await holdsInTime('states of a journal', fc.asyncProperty(fc.array(deed, { maxLength: 500 }), questions, async (deeds, asked) => {
      const journal = aJournal(deeds)
      const timeline = await timelineOf(journal)
      const shown = new Map<string, DraftRecord>()
      let since = 0
      for (const position of asked.map((question) => question % (journal.length + 1))) {
        const expected = replayed(journal, position)
        expect(byId(timeline.recordsAt(position))).toEqual(byId([...expected.values()]))
        const { set, gone } = timeline.change(since, position)
        for (const id of gone) shown.delete(id)
        for (const record of set) shown.set(record.id, record)
        expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected))
        since = position
      }
    }), 60)
  })

  it('tells only what changed since the state that is shown', async () => {
    const timeline = await timelineOf(aJournal([put(1, 1), put(2, 1), put(1, 2), { kind: 'remove', shape: 2, x: 0, pauseMs: 1 }]))
    expect(timeline.change(2, 3)).toMatchObject({ set: [{ id: 'shape-1', geometry: { x: 2 } }], gone: [] })
    expect(timeline.change(3, 4)).toEqual({ set: [], gone: ['shape-2'] })
    expect(timeline.change(4, 2)).toMatchObject({ set: expect.arrayContaining([expect.objectContaining({ id: 'shape-2' })]) as unknown, gone: [] })
    expect(timeline.doneBy(3)).toEqual({ touched: ['shape-1'], removed: [] })
    expect(timeline.doneBy(4)).toMatchObject({ touched: [], removed: [{ id: 'shape-2', geometry: { x: 1 } }] })
    expect(timeline.doneBy(0)).toEqual({ touched: [], removed: [] })
  })

  it('says of each step what was done and how long it took, counting pauses as active time for a minute at most', async () => {
    const timeline = await timelineOf(aJournal([put(1, 1), put(2, 2, 5_000), { kind: 'undo', shape: 0, x: 0, pauseMs: 600_000 }]))
    expect(timeline.steps).toMatchObject([
      { seq: 1, kind: 'edit', name: 'addShape', added: 1, pauseMs: 0, elapsedMs: 0, activeMs: 0 },
      { seq: 2, kind: 'edit', name: 'addShape', added: 1, pauseMs: 5_000, elapsedMs: 5_000, activeMs: 5_000 },
      { seq: 3, kind: 'undo', name: 'addShape', added: 0, removed: 1, pauseMs: 600_000, elapsedMs: 605_000, activeMs: 65_000 },
    ])
  })

  it('lets others have their turn while it is read, and can be stopped', async () => {
    const source = sourceOfLines(linesOf(aJournal(Array.from({ length: 1000 }, (_, place) => put(place, 1)))))
    const heard: number[] = []
    await Timeline.read(source, (done) => { heard.push(done); return Promise.resolve() })
    expect(heard.length).toBeGreaterThan(10)
    await expect(Timeline.read(source, () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped')
  })

  it('refuses a journal that does not add up, and knows no line beyond its end', async () => {
    const journal = aJournal([put(1, 1), put(1, 2), put(2, 1)])
    const [first, second, third] = journal
    if (!first || !second || !third) throw new Error('three lines')
    await expect(timelineOf([first, { ...third, seq: 2 }, { ...third, seq: 3 }])).rejects.toThrow(RangeError)
    await expect(timelineOf([first, third])).rejects.toThrow('has the number 3')
    const timeline = await timelineOf(journal)
    expect(() => timeline.recordsAt(4)).toThrow(RangeError)
  })
})
