import type { VersionContent } from './compareVersions.ts'
import { instantOf, UserIdSchema } from './ids.ts'
import type { Prediction } from './prediction.ts'

/** What a prediction says of an image, as if somebody had taken all of it over, so that it can be compared with a version. */
export function predictionContent({ id, model, modelVersion, shapes }: Prediction): VersionContent {
  return {
    outcome: { kind: 'labelled' }, tags: [], rejections: [],
    shapes: shapes.map(({ confidence, ...shape }, index) => ({
      ...shape, type: 'shape', order: index + 1, createdBy: UserIdSchema.parse(id), createdAt: instantOf(0),
      provenance: { source: 'acceptedPrediction', predictionId: id, predictedShapeId: shape.id, model, modelVersion, confidence },
    })),
  }
}
