import { describe, expect, it } from 'vitest'
import { compareVersions, isSameContent, type VersionContent } from '../../../../shared/domain/compareVersions.ts'
import { predictionContent } from '../../../../shared/domain/predictionContent.ts'
import { aPrediction, aShape } from '../../../builders/records.ts'

const version = (shapes: Record<string, unknown>[], over: Partial<VersionContent> = {}): VersionContent => ({
  outcome: { kind: 'labelled' }, shapes: shapes.map(aShape), tags: [], rejections: [], ...over,
})
const box = (x: number, y = 20) => ({ kind: 'rectangle', x, y, width: 30, height: 40 })

describe('compareVersions', () => {
  it('matches shapes by id, and says what of them differs', () => {
    const compared = compareVersions(version([{ id: 'a' }, { id: 'b' }, { id: 'c' }]), version([{ id: 'a' }, { id: 'b', geometry: box(300), classId: 'car' }, { id: 'c', attributes: { note: 'x' } }]))
    expect(compared.same.map(({ id }) => id)).toEqual(['a'])
    expect(compared.changed.map(({ before, aspects }) => [before.id, aspects])).toEqual([['b', ['moved', 'relabelled']], ['c', ['reattributed']]])
    expect(compared.added.length + compared.removed.length).toBe(0)
  })

  it('takes shapes of other ids for the same where they are equal, in whatever order their attributes were set', () => {
    const compared = compareVersions(
      version([{ id: 'a', attributes: { note: 'x', parked: true } }, { id: 'b', geometry: box(300) }]),
      version([{ id: 'q', geometry: box(300) }, { id: 'p', attributes: { parked: true, note: 'x' } }]),
    )
    expect(compared.same.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('takes shapes that lie on the same place for one object that was drawn twice, the best pairs first', () => {
    const compared = compareVersions(version([{ id: 'a', geometry: box(10) }, { id: 'b', geometry: box(22) }]), version([{ id: 'p', geometry: box(23) }, { id: 'q', geometry: box(12) }]))
    expect(compared.changed.map(({ before, after }) => [before.id, after.id]).sort()).toEqual([['a', 'q'], ['b', 'p']])
  })

  it('leaves apart what lies elsewhere, and what marks something else', () => {
    const compared = compareVersions(version([{ id: 'a' }]), version([{ id: 'p', geometry: box(200) }, { id: 'q', geometry: { kind: 'point', x: 25, y: 40 } }]))
    expect([compared.removed, compared.added].map((shapes) => shapes.map(({ id }) => id))).toEqual([['a'], ['p', 'q']])
  })

  it('takes a box and an outline of the same place for one object', () => {
    const { changed } = compareVersions(version([{ id: 'a' }]), version([{ id: 'q', geometry: { kind: 'ellipse', cx: 25, cy: 40, rx: 15, ry: 20, rotation: 0 } }]))
    expect(changed).toMatchObject([{ aspects: ['reshaped'] }])
    expect(changed[0]?.similarity).toBeCloseTo(Math.PI / 4, 2)
  })

  it('tells what was moved from what has another form, with the overlap that is left', () => {
    const wider = { kind: 'rectangle', x: 10, y: 20, width: 60, height: 40 }
    const { changed } = compareVersions(version([{ id: 'a' }, { id: 'b' }]), version([{ id: 'a', geometry: box(20) }, { id: 'b', geometry: wider }]))
    expect(changed.map(({ aspects, similarity }) => [aspects, similarity])).toEqual([[['moved'], 0.5], [['reshaped'], 0.5]])
  })

  it('knows what was taken over from a prediction, however it was changed', () => {
    const prediction = aPrediction({ shapes: [{ id: 'p', classId: 'person', geometry: box(10), confidence: 0.9 }, { id: 'q', classId: 'person', geometry: box(500), confidence: 0.4 }] })
    const provenance = { source: 'editedPrediction', predictionId: prediction.id, predictedShapeId: 'p', model: 'detector', modelVersion: '3', confidence: 0.9 }
    const compared = compareVersions(predictionContent(prediction), version([{ id: 'a', geometry: box(400), classId: 'car', provenance }]))
    expect(compared.changed).toMatchObject([{ before: { id: 'p' }, after: { id: 'a' }, aspects: ['moved', 'relabelled'], similarity: 0 }])
    expect(compared.removed.map(({ id }) => id)).toEqual(['q'])
  })

  it('compares thousands of shapes that have nothing but their places in common', () => {
    const grid = (prefix: string, shift: number) => version(Array.from({ length: 3_000 }, (_, index) => ({ id: `${prefix}${index}`, geometry: box(100 * (index % 60) + shift, 100 * Math.floor(index / 60)) })))
    expect(compareVersions(grid('a', 0), grid('b', 2)).changed.filter(({ aspects }) => aspects.join() === 'moved')).toHaveLength(3_000)
  })

  it('tells of tags and of a task that one passed over', () => {
    const tagged = (tags: string[]) => version([], { tags: tags as never })
    expect(compareVersions(tagged(['blurred']), tagged(['night']))).toMatchObject({ tagsRemoved: ['blurred'], tagsAdded: ['night'], outcomeDiffers: false })
    expect(compareVersions(version([]), version([], { outcome: { kind: 'skipped', reason: 'too dark' } })).outcomeDiffers).toBe(true)
  })
})

describe('isSameContent', () => {
  it('looks at what is said of the image, not at who said it when', () => {
    expect(isSameContent(version([{ id: 'a' }]), version([{ id: 'p', createdBy: 'grace', createdAt: '2026-02-02T03:04:05.000Z', order: 7 }]))).toBe(true)
    expect(isSameContent(version([{ id: 'a' }]), version([{ id: 'a', geometry: box(11) }]))).toBe(false)
    const rejection = { type: 'rejection', id: 'rejection:p1', predictionId: 'x', predictedShapeId: 'p1' } as never
    expect(isSameContent(version([]), version([], { rejections: [rejection] }))).toBe(false)
  })
})
