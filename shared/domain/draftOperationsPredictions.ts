import { emptyDiff } from '../diff/recordsDiff.ts'
import type { DraftDiff } from './draft.ts'
import { rejectionOf, topOrder } from './draftOperations.ts'
import type { Authorship, Draft } from './draftOperations.ts'
import type { ShapeId } from './ids.ts'
import type { PredictedShape, Prediction } from './prediction.ts'
import { predictionBehind } from './shape.ts'
import type { Shape } from './shape.ts'

/** A predicted shape with the prediction that it comes from. */
export interface ProposedShape { readonly prediction: Prediction; readonly shape: PredictedShape }

/** The predicted shapes on which the annotator has not decided, with a confidence of at least `threshold` (0 to 1), in the model's order. */
export function pendingPredictions(draft: Draft, predictions: readonly Prediction[], threshold: number): ProposedShape[] {
  if (predictions.length === 0) return []
  const decided = decidedPredictions(draft)
  return allProposed(predictions).filter(({ shape }) => shape.confidence >= threshold && !decided.has(shape.id))
}

/** The predicted shapes that the annotator said no to, so that they can be offered for restoring. */
export function rejectedPredictions(draft: Draft, predictions: readonly Prediction[]): ProposedShape[] {
  return allProposed(predictions).filter(({ shape }) => draft.has(`rejection:${shape.id}`))
}

/** Takes predicted shapes over as they are, on top of the stack. */
export function acceptPredictions(draft: Draft, proposed: readonly ProposedShape[], by: Authorship): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  const top = topOrder(draft)
  proposed.forEach(({ prediction, shape }, index) => {
    const accepted: Shape = {
      type: 'shape', id: by.newId(), classId: shape.classId, geometry: shape.geometry, attributes: shape.attributes,
      provenance: {
        source: 'acceptedPrediction', predictionId: prediction.id, predictedShapeId: shape.id,
        model: prediction.model, modelVersion: prediction.modelVersion, confidence: shape.confidence,
      },
      order: top + index, createdBy: by.user, createdAt: by.at,
    }
    diff.added[accepted.id] = accepted
  })
  return diff
}

/** Says no to predicted shapes. */
export function rejectPredictions(draft: Draft, proposed: readonly ProposedShape[]): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  for (const { prediction, shape } of proposed) {
    const rejection = rejectionOf({ predictionId: prediction.id, predictedShapeId: shape.id })
    if (!draft.has(rejection.id)) diff.added[rejection.id] = rejection
  }
  return diff
}

/** Takes back the no to predicted shapes, so that they are proposed again. */
export function restorePredictions(draft: Draft, predictedShapeIds: readonly ShapeId[]): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  for (const id of predictedShapeIds) {
    const rejection = draft.get(`rejection:${id}`)
    if (rejection?.type === 'rejection') diff.removed[rejection.id] = rejection
  }
  return diff
}

/** Whether a change may decide on predictions or take a decision back. */
export function touchesDecisions(diff: DraftDiff): boolean {
  const records = [...Object.values(diff.added), ...Object.values(diff.removed), ...Object.values(diff.updated).flat()]
  return records.some((record) => record.type === 'rejection' || (record.type === 'shape' && record.provenance.source !== 'human'))
}

function allProposed(predictions: readonly Prediction[]): ProposedShape[] {
  return predictions.flatMap((prediction) => prediction.shapes.map((shape) => ({ prediction, shape })))
}

function decidedPredictions(draft: Draft): ReadonlySet<ShapeId> {
  const decided = new Set<ShapeId>()
  for (const record of draft.values()) {
    if (record.type === 'rejection') decided.add(record.predictedShapeId)
    const prediction = record.type === 'shape' ? predictionBehind(record.provenance) : undefined
    if (prediction !== undefined) decided.add(prediction.predictedShapeId)
  }
  return decided
}
