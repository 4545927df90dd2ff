import { expect, it } from 'vitest'
import { applyDiff } from '../../../../shared/diff/recordsDiff.ts'
import { mergeVersion, takeVersion } from '../../../../shared/domain/adoptVersion.ts'
import { isSameContent, type VersionContent } from '../../../../shared/domain/compareVersions.ts'
import type { DraftDiff, DraftRecord } from '../../../../shared/domain/draft.ts'
import { draftContent } from '../../../../shared/domain/draftContent.ts'
import { ShapeIdSchema } from '../../../../shared/domain/ids.ts'
import { aShape } from '../../../builders/records.ts'

const rejection = (shape: string) => ({ type: 'rejection', id: `rejection:${shape}`, predictionId: 'prediction-1', predictedShapeId: shape }) as unknown as Extract<DraftRecord, { type: 'rejection' }>
const tags = (...names: string[]) => ({ type: 'imageTags', id: 'image-tags', tags: names }) as unknown as DraftRecord
const draftOf = (...records: DraftRecord[]) => new Map<string, DraftRecord>(records.map((record) => [record.id, record]))
const version = (over: Partial<VersionContent>): VersionContent => ({ outcome: { kind: 'labelled' }, shapes: [], tags: [], rejections: [], ...over })
const box = (x: number) => ({ kind: 'rectangle', x, y: 20, width: 30, height: 40 })
const far = aShape({ id: 'far', geometry: box(400), order: 1 })

function after(draft: Map<string, DraftRecord>, diff: DraftDiff): VersionContent {
  applyDiff(draft, diff)
  return version(draftContent([...draft.values()]))
}

it('makes a draft what a version is, and nothing else', () => {
  const theirs = version({ shapes: [aShape({ id: 'a', geometry: box(12) }), far], tags: ['blurred'] as never, rejections: [rejection('p1')] })
  const draft = draftOf(aShape({ id: 'a' }), aShape({ id: 'mine' }), rejection('p2'), tags('night'))
  expect(isSameContent(after(draft, takeVersion(draft, theirs)), theirs)).toBe(true)
})

it('brings in what a draft has not, keeps all that it has, and copies what both changed', () => {
  const draft = draftOf(aShape({ id: 'a', order: 1 }), aShape({ id: 'same', geometry: box(200), order: 2 }), tags('night'))
  const theirs = version({ shapes: [aShape({ id: 'a', geometry: box(12) }), aShape({ id: 'other', geometry: box(200) }), far], tags: ['blurred'] as never })
  const merged = after(draft, mergeVersion(draft, theirs, () => ShapeIdSchema.parse('copy')))
  expect(merged.shapes.map(({ id }) => id)).toEqual(['a', 'same', 'far', 'copy'])
  expect(merged.shapes.find(({ id }) => id === 'a')?.geometry).toMatchObject(box(10))
  expect(merged.tags).toEqual(['night', 'blurred'])
})

it('does not reject what the other one took over from a prediction', () => {
  const accepted = aShape({ id: 'x', geometry: box(300), provenance: { source: 'acceptedPrediction', predictionId: 'prediction-1', predictedShapeId: 'p1', model: 'm', modelVersion: '1', confidence: 1 } })
  const draft = draftOf(rejection('p1'), rejection('p3'))
  const merged = after(draft, mergeVersion(draft, version({ shapes: [accepted], rejections: [rejection('p2')] }), () => ShapeIdSchema.parse('copy')))
  expect(merged.rejections.map(({ predictedShapeId }) => predictedShapeId)).toEqual(['p2', 'p3'])
})
