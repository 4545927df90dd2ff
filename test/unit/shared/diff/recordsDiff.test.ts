import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, emptyDiff, invertDiff, isEmptyDiff, squashDiffs } from '../../../../shared/diff/recordsDiff.ts'
import type { RecordsDiff } from '../../../../shared/diff/recordsDiff.ts'
import { holds } from '../../../builders/property.ts'

interface Note { readonly id: string; readonly text: number }
type Step = { readonly kind: 'put' | 'remove'; readonly id: string; readonly text: number }

const steps = fc.array(fc.record({ kind: fc.constantFrom('put' as const, 'remove' as const), id: fc.constantFrom('a', 'b', 'c', 'd'), text: fc.nat(5) }), { maxLength: 20 })

/** Turns steps into diffs that fit one after the other, and the records after the last. */
function history(list: readonly Step[], start: ReadonlyMap<string, Note>): { diffs: RecordsDiff<Note>[]; end: Map<string, Note> } {
  const end = new Map(start)
  const diffs = list.map((step) => {
    const diff = diffFor(step, end)
    applyDiff(end, diff)
    return diff
  })
  return { diffs, end }
}

function diffFor({ kind, id, text }: Step, records: ReadonlyMap<string, Note>): RecordsDiff<Note> {
  const before = records.get(id)
  if (kind === 'remove') return before === undefined ? emptyDiff() : { ...emptyDiff<Note>(), removed: { [id]: before } }
  const after = { id, text }
  return before === undefined ? { ...emptyDiff<Note>(), added: { [id]: after } } : { ...emptyDiff<Note>(), updated: { [id]: [before, after] } }
}

const start = () => new Map<string, Note>([['a', { id: 'a', text: 100 }], ['b', { id: 'b', text: 200 }]])

describe('records diff', () => {
  it('squashed, does what its parts do in turn', () => {
    holds('squash', fc.property(steps, (list) => {
      const { diffs, end } = history(list, start())
      const squashed = start()
      applyDiff(squashed, squashDiffs(diffs))
      expect(Object.fromEntries(squashed)).toEqual(Object.fromEntries(end))
    }), 500)
  })

  it('inverted, takes back what it did, squashed or one by one', () => {
    holds('invert', fc.property(steps, (list) => {
      const { diffs, end } = history(list, start())
      const atOnce = new Map(end)
      applyDiff(atOnce, invertDiff(squashDiffs(diffs)))
      for (const diff of diffs.toReversed()) applyDiff(end, invertDiff(diff))
      expect(Object.fromEntries(atOnce)).toEqual(Object.fromEntries(start()))
      expect(Object.fromEntries(end)).toEqual(Object.fromEntries(start()))
    }), 500)
  })

  it('inverted twice, is itself', () => {
    holds('double inversion', fc.property(steps, (list) => {
      for (const diff of history(list, start()).diffs) expect(invertDiff(invertDiff(diff))).toEqual(diff)
    }))
  })

  it('leaves no trace of a record that came and went', () => {
    const note = { id: 'x', text: 1 }
    const came = { ...emptyDiff<Note>(), added: { x: note } }
    expect(isEmptyDiff(squashDiffs([came, invertDiff(came)]))).toBe(true)
  })

  it('refuses what does not fit and changes nothing then', () => {
    const records = start()
    const a = { id: 'a', text: 1 }
    expect(() => { applyDiff(records, { ...emptyDiff<Note>(), removed: { b: { id: 'b', text: 200 } }, added: { a } }) }).toThrow(RangeError)
    expect(() => { applyDiff(records, { ...emptyDiff<Note>(), updated: { z: [a, a] } }) }).toThrow(RangeError)
    expect(Object.fromEntries(records)).toEqual(Object.fromEntries(start()))
  })
})
