import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSpatialIndex } from '../../../../renderer/editor/store/spatialIndex.ts'
import { RecordMap } from '../../../../renderer/editor/store/recordMap.ts'
import { placeInStack, stackAfter } from '../../../../renderer/editor/store/stack.ts'
import { applyDiff, emptyDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftDiff, DraftRecord } from '../../../../shared/domain/draft.ts'
import { shapesOf } from '../../../../shared/domain/draftOperations.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { boxesMeet } from '../../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../../shared/geometry/measure.ts'
import { aPrediction, aShape, adding, removing } from '../../../builders/records.ts'
import { holds } from '../../../builders/property.ts'
import { EditorDriver, rectangle } from './editorDriver.ts'

/** What is done to a shape, by its number: it comes with a place and an order, changes to them, or goes. */
const step = fc.record({ shape: fc.nat({ max: 12 }), x: fc.nat({ max: 50 }), order: fc.integer({ min: -3, max: 3 }), goes: fc.boolean() })
const edits = fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 12 })
type Step = { shape: number; x: number; order: number; goes: boolean }

/** The diff that the steps make of a draft. */
function diffOf(draft: ReadonlyMap<string, DraftRecord>, steps: readonly Step[]): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  for (const { shape: number, x, order, goes } of steps) {
    const id = `shape-${number}`
    const before = draft.get(id)
    const after = { ...rectangle(id, x, 0, 5, 5), order }
    delete diff.added[id]
    delete diff.updated[id]
    delete diff.removed[id]
    if (before === undefined) diff.added[id] = after
    else if (goes) diff.removed[id] = before
    else diff.updated[id] = [before, after]
  }
  return diff
}

describe('a change of the draft', () => {
  it('leaves records, stack and spatial index as if they were made anew', () => {
    holds('incremental store', fc.property(edits, fc.nat({ max: 60 }), (rounds, x) => {
      const plain = new Map<string, DraftRecord>()
      const index = createSpatialIndex([])
      let records = RecordMap.of([])
      let stack: readonly Shape[] = []
      for (const steps of rounds) {
        const diff = diffOf(plain, steps)
        applyDiff(plain, diff)
        records = records.after(diff)
        stack = stackAfter(stack, diff)
        index.apply(diff)
      }
      const box = { x, y: 0, width: 3, height: 3 }
      expect(new Map(records)).toEqual(plain)
      expect(records.size).toBe(plain.size)
      expect(stack).toEqual(shapesOf(plain))
      expect(index.search(box).sort()).toEqual(stack.filter(({ geometry }) => boxesMeet(geometryBounds(geometry), box)).map(({ id }) => id).sort())
    }))
  })

  it('leaves the records before it as they were', () => {
    const before = RecordMap.of([aShape({ id: 'kept' }), aShape({ id: 'gone' })])
    const after = before.after(removing(aShape({ id: 'gone' })))
    expect([[...before.keys()].sort(), [...after.keys()]]).toEqual([['gone', 'kept'], ['kept']])
    expect(() => after.after(removing(aShape({ id: 'gone' })))).toThrow(RangeError)
  })

  it('keeps the stack and the proposals when it has nothing to do with them', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 10, 10, 50, 50)], predictions: [aPrediction()] })
    const { shapes, pending } = driver.state
    driver.editor.commit('setImageTags', adding({ type: 'imageTags', id: 'image-tags', tags: [] }))
    expect([driver.state.shapes === shapes, driver.state.pending === pending]).toEqual([true, true])
    driver.run('predictions.reject')
    expect([driver.state.shapes === shapes, driver.state.pending.length]).toEqual([true, 0])
  })
})

describe('the spatial index', () => {
  it('finds shapes after so many changes that it is packed anew', () => {
    const index = createSpatialIndex([rectangle('old', 0, 0, 5, 5), rectangle('gone', 0, 0, 5, 5)])
    index.apply(removing(rectangle('gone', 0, 0, 5, 5)))
    index.apply(adding(...Array.from({ length: 2000 }, (_, at) => rectangle(`new-${at}`, 10 * at, 0, 5, 5))))
    expect(index.search({ x: 0, y: 0, width: 12, height: 5 }).sort()).toEqual(['new-0', 'new-1', 'old'])
  })

  it('passes over a mask that cannot be read', () => {
    const damaged = aShape({ id: 'damaged', geometry: { kind: 'mask', rle: { size: [2, 2], counts: '!' } } })
    expect(createSpatialIndex([damaged]).search({ x: 0, y: 0, width: 9, height: 9 })).toEqual([])
  })
})

it('the place in the stack is the number of shapes below', () => {
  const stack = [1, 2, 2, 5].map((order, at) => aShape({ id: `s${at}`, order }))
  expect(placeInStack(stack, { id: aShape({ id: 's2' }).id, order: 2 })).toBe(2)
  expect(placeInStack(stack, { id: aShape({ id: 'a' }).id, order: 9 })).toBe(4)
})
