import { describe, expect, it } from 'vitest'
import { applyDiff, isEmptyDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftDiff, DraftRecord } from '../../../../shared/domain/draft.ts'
import { DraftDiffSchema } from '../../../../shared/domain/draft.ts'
import {
  addAssisted, addShape, deleteShapes, duplicateShapes, imageTagsOf, relabel, reorder, setAttribute, setImageTags, shapesOf, updateGeometry,
} from '../../../../shared/domain/draftOperations.ts'
import type { Authorship } from '../../../../shared/domain/draftOperations.ts'
import {
  acceptPredictions, pendingPredictions, rejectPredictions, rejectedPredictions, restorePredictions,
} from '../../../../shared/domain/draftOperationsPredictions.ts'
import { AttributeIdSchema, InstantSchema, ShapeIdSchema, TagIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import { A_LABEL_SCHEMA, aPrediction, aShape } from '../../../builders/records.ts'

const id = (text: string) => ShapeIdSchema.parse(text)
const by = (): Authorship => {
  let count = 0
  return { user: UserIdSchema.parse('ada'), at: InstantSchema.parse('2026-03-01T10:00:00.000Z'), newId: () => id(`new-${(count += 1)}`) }
}
const [car, person] = A_LABEL_SCHEMA.classes as [LabelClass, LabelClass]
const draftOf = (...records: DraftRecord[]) => new Map<string, DraftRecord>(records.map((record) => [record.id, record]))
const after = (draft: Map<string, DraftRecord>, diff: DraftDiff) => {
  applyDiff(draft, DraftDiffSchema.parse(diff))
  return draft
}
const accepted = (fields: Record<string, unknown> = {}) => aShape({
  provenance: { source: 'acceptedPrediction', predictionId: 'prediction-1', predictedShapeId: 'predicted-1', model: 'detector', modelVersion: '3', confidence: 0.8 }, ...fields,
})
const MORE = aPrediction({
  shapes: [0.9, 0.5, 0.2].map((confidence, index) => ({
    id: `predicted-${index + 1}`, classId: 'person', confidence, geometry: { kind: 'rectangle', x: index, y: 0, width: 5, height: 5 },
  })),
})

describe('shapes', () => {
  it('are added on top of the stack with the defaults of their class', () => {
    const withDefault: LabelClass = { ...car, attributes: car.attributes.map((attribute) => (attribute.type === 'boolean' ? { ...attribute, default: true } : attribute)) }
    const { diff, shape } = addShape(draftOf(aShape({ order: 7 })), withDefault, { kind: 'point', x: 1, y: 2 }, by())
    expect(shape).toMatchObject({ id: 'new-1', classId: 'car', order: 8, attributes: { parked: true }, provenance: { source: 'human' }, createdBy: 'ada' })
    expect(diff).toEqual({ added: { 'new-1': shape }, updated: {}, removed: {} })
  })

  it('get new geometry, and a touched prediction is an edited one', () => {
    const draft = draftOf(accepted(), aShape({ id: 'other' }))
    const diff = updateGeometry(draft, new Map([[id('shape-1'), { kind: 'point', x: 0, y: 0 }], [id('missing'), { kind: 'point', x: 0, y: 0 }]]))
    expect(Object.keys(diff.updated)).toEqual(['shape-1'])
    expect(after(draft, diff).get('shape-1')).toMatchObject({ geometry: { kind: 'point' }, provenance: { source: 'editedPrediction', confidence: 0.8 } })
  })

  it('that a tool proposed come on top of the stack and say which tool it was', () => {
    const draft = draftOf(aShape({ order: 7 }))
    const squares = [0, 10].map((at) => ({ kind: 'polygon' as const, rings: [[[at, 0], [at + 5, 0], [at, 5]] as [number, number][]] }))
    after(draft, addAssisted(draft, car, squares, { tool: 'magicWand' }, by()))
    expect([draft.get('new-1'), draft.get('new-2')]).toMatchObject([
      { order: 8, geometry: squares[0], provenance: { source: 'assisted', assistant: { tool: 'magicWand' } } }, { order: 9, geometry: squares[1] },
    ])
  })

  it('that a tool proposed are edited ones once they were touched, and leave no rejection behind', () => {
    const assistant = { tool: 'segmentAnything', model: 'tiny', modelVersion: 'a'.repeat(64) }
    const draft = draftOf(aShape({ provenance: { source: 'assisted', assistant } }))
    after(draft, updateGeometry(draft, new Map([[id('shape-1'), { kind: 'point', x: 0, y: 0 }]])))
    expect(draft.get('shape-1')).toMatchObject({ provenance: { source: 'editedAssisted', assistant } })
    after(draft, deleteShapes(draft, [id('shape-1')]))
    expect([...draft.values()]).toEqual([])
  })

  it('leave a rejection behind when they grew from a prediction', () => {
    const draft = draftOf(accepted(), aShape({ id: 'mine' }))
    after(draft, deleteShapes(draft, [id('shape-1'), id('mine'), id('mine')]))
    expect([...draft.values()]).toEqual([{ type: 'rejection', id: 'rejection:predicted-1', predictionId: 'prediction-1', predictedShapeId: 'predicted-1' }])
  })

  it('are duplicated with an offset that ends at the edge of the image, as human work', () => {
    const draft = draftOf(accepted({ geometry: { kind: 'rectangle', x: 80, y: 10, width: 15, height: 10 } }))
    const diff = duplicateShapes(draft, [id('shape-1')], 10, { width: 100, height: 100 }, by())
    expect(diff.added['new-1']).toMatchObject({ geometry: { x: 85, y: 20 }, provenance: { source: 'human' }, order: 2 })
  })

  it('keep the attributes that fit their new class and take its defaults for the rest', () => {
    const draft = draftOf(aShape({ classId: 'person', attributes: { view: 'side', doors: 'many', hat: true } }))
    after(draft, relabel(draft, [id('shape-1')], car))
    expect(draft.get('shape-1')).toMatchObject({ classId: 'car', attributes: { view: 'side' } })
    expect(isEmptyDiff(relabel(draft, [id('shape-1')], car))).toBe(true)
    after(draft, relabel(draft, [id('shape-1')], person))
    expect(draft.get('shape-1')).toMatchObject({ classId: 'person', attributes: {} })
  })

  it('get and lose attributes', () => {
    const draft = draftOf(aShape({ id: 'a' }), accepted({ id: 'b' }))
    const doors = AttributeIdSchema.parse('doors')
    after(draft, setAttribute(draft, [id('a'), id('b')], doors, 4))
    expect(draft.get('b')).toMatchObject({ attributes: { doors: 4 }, provenance: { source: 'editedPrediction' } })
    expect(isEmptyDiff(setAttribute(draft, [id('a')], doors, 4))).toBe(true)
    after(draft, setAttribute(draft, [id('a')], doors, undefined))
    expect(draft.get('a')).toMatchObject({ attributes: {} })
  })

  it('come to the front or go to the back in their own order', () => {
    const draft = draftOf(...['a', 'b', 'c', 'd'].map((name, order) => aShape({ id: name, order })))
    after(draft, reorder(draft, [id('c'), id('a')], 'front'))
    expect(shapesOf(draft).map((shape) => shape.id)).toEqual(['b', 'd', 'a', 'c'])
    after(draft, reorder(draft, [id('d'), id('c')], 'back'))
    expect(shapesOf(draft).map((shape) => shape.id)).toEqual(['d', 'c', 'b', 'a'])
  })
})

describe('image tags', () => {
  it('are one record, set and set again', () => {
    const blurred = TagIdSchema.parse('blurred')
    const draft = draftOf()
    after(draft, setImageTags(draft, [blurred, blurred]))
    expect(imageTagsOf(draft)).toEqual(['blurred'])
    expect(isEmptyDiff(setImageTags(draft, [blurred]))).toBe(true)
    after(draft, setImageTags(draft, []))
    expect(imageTagsOf(draft)).toEqual([])
  })
})

describe('predictions', () => {
  it('wait for a decision above the threshold', () => {
    expect(pendingPredictions(draftOf(), [MORE], 0.5).map(({ shape }) => shape.id)).toEqual(['predicted-1', 'predicted-2'])
    expect(pendingPredictions(draftOf(accepted()), [MORE], 0).map(({ shape }) => shape.id)).toEqual(['predicted-2', 'predicted-3'])
  })

  it('become shapes when accepted, with where they came from', () => {
    const draft = draftOf(aShape({ id: 'mine', order: 3 }))
    after(draft, acceptPredictions(draft, pendingPredictions(draft, [MORE], 0.5), by()))
    expect(shapesOf(draft).slice(1)).toMatchObject([
      { id: 'new-1', order: 4, provenance: { source: 'acceptedPrediction', predictedShapeId: 'predicted-1', model: 'detector', modelVersion: '3', confidence: 0.9 } },
      { id: 'new-2', order: 5, provenance: { predictedShapeId: 'predicted-2' } },
    ])
    expect(pendingPredictions(draft, [MORE], 0.5)).toEqual([])
  })

  it('are rejected and restored', () => {
    const draft = draftOf()
    after(draft, rejectPredictions(draft, pendingPredictions(draft, [MORE], 0.5)))
    expect(rejectedPredictions(draft, [MORE]).map(({ shape }) => shape.id)).toEqual(['predicted-1', 'predicted-2'])
    expect(pendingPredictions(draft, [MORE], 0).map(({ shape }) => shape.id)).toEqual(['predicted-3'])
    after(draft, restorePredictions(draft, [id('predicted-2'), id('predicted-3')]))
    expect(pendingPredictions(draft, [MORE], 0.5).map(({ shape }) => shape.id)).toEqual(['predicted-2'])
  })
})
