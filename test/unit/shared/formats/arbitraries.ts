import fc from 'fast-check'
import type { DatasetClass } from '../../../../shared/formats/datasetClasses.ts'
import type { LabelledImage, LabelledShape } from '../../../../shared/formats/labelledImage.ts'
import { ClassIdSchema, InstantSchema, PredictionIdSchema, RevisionIdSchema, SchemaHashSchema, Sha256Schema, ShapeIdSchema } from '../../../../shared/domain/ids.ts'
import type { Provenance } from '../../../../shared/domain/shape.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { isEmptyGeometry } from '../../../../shared/geometry/measure.ts'
import { taskId } from '../../../builders/records.ts'
import { skeleton, vectorGeometry } from '../geometry/arbitraries.ts'

export const CLASSES: readonly DatasetClass[] = [
  { id: ClassIdSchema.parse('car'), name: 'Car', points: false },
  { id: ClassIdSchema.parse('person'), name: 'Persona "à pied"', points: true },
  { id: ClassIdSchema.parse('face'), name: 'Face', points: false, skeleton: { keypoints: ['left eye', 'right eye', 'mouth'], edges: [[0, 1], [1, 2]] } },
]

const sha256 = (fill: string) => fill.repeat(64)
export const ORIGIN = {
  taskId: taskId('task-1'), imageName: 'a/street.jpg', imageSha256: Sha256Schema.parse(sha256('a')), schemaHash: SchemaHashSchema.parse(sha256('c')),
  revision: { id: RevisionIdSchema.parse(sha256('d')), createdAt: InstantSchema.parse('2026-01-02T03:04:05.000Z') },
}
export const PREDICTED: Provenance = {
  source: 'editedPrediction', predictionId: PredictionIdSchema.parse('prediction-1'), predictedShapeId: ShapeIdSchema.parse('predicted-1'), model: 'detector', modelVersion: '3', confidence: 0.75,
}

const maskOf = (width: number, height: number) => fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
  .map((pixels) => ({ kind: 'mask' as const, rle: encodeMask(pixels, width, height) }))
const attributes = fc.dictionary(fc.constantFrom('view', 'doors', 'note'), fc.oneof(fc.boolean(), fc.integer(), fc.string()))

const FACE = 2
const geometryOn = (width: number, height: number) => fc.oneof({ weight: 6, arbitrary: vectorGeometry }, { weight: 1, arbitrary: maskOf(width, height) })
  .filter((geometry) => geometry.kind !== 'polyline' && geometry.kind !== 'skeleton' && !isEmptyGeometry(geometry))

const shapeOn = (width: number, height: number): fc.Arbitrary<LabelledShape> => fc.oneof(
  labelled(fc.nat(CLASSES.length - 1), geometryOn(width, height)), labelled(fc.constant(FACE), skeleton({ minLength: 3, maxLength: 3 })),
)

const labelled = (category: fc.Arbitrary<number>, geometry: fc.Arbitrary<LabelledShape['geometry']>): fc.Arbitrary<LabelledShape> => fc.record({
  category,
  geometry,
  // Dictionaries of fast-check have no prototype, unlike what JSON gives.
  attributes: attributes.map((record) => ({ ...record })),
  provenance: fc.constantFrom<Provenance>({ source: 'human' }, PREDICTED, { source: 'editedAssisted', assistant: { tool: 'grabCut' } }),
})

/** Images that COCO can hold whole: every kind of shape but polylines. */
export const cocoImages: fc.Arbitrary<LabelledImage[]> = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })).chain(([width, height]) => fc.record({
    width: fc.constant(width), height: fc.constant(height), fileName: fc.string({ minLength: 1 }), tags: fc.constantFrom<string[]>([], ['blurred']),
    shapes: fc.array(shapeOn(width, height), { maxLength: 5 }), origin: fc.constant(ORIGIN),
  })),
  { maxLength: 4 },
)
