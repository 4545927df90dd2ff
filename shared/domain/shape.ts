import { z } from 'zod'
import { ShapeGeometrySchema } from '../geometry/shapeGeometry.ts'
import { assertNever } from './assertNever.ts'
import { AttributeIdSchema, ClassIdSchema, GroupIdSchema, InstantSchema, PredictionIdSchema, RevisionIdSchema, Sha256Schema, ShapeIdSchema, UserIdSchema } from './ids.ts'
import { AttributeValueSchema } from './labelSchema.ts'

export { ShapeGeometrySchema } from '../geometry/shapeGeometry.ts'
export type { ShapeGeometry } from '../geometry/shapeGeometry.ts'

const fromPrediction = {
  predictionId: PredictionIdSchema,
  predictedShapeId: ShapeIdSchema,
  model: z.string(),
  modelVersion: z.string(),
  confidence: z.number().min(0).max(1),
}

/**
 * The tool that proposed a shape at a person's pointing: by colour, by a cut of fore- and background, along edges, or a person's own model, which is
 * named by its files and the SHA-256 over them.
 */
export const AssistantSchema = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('magicWand') }),
  z.object({ tool: z.literal('grabCut') }),
  z.object({ tool: z.literal('scissors') }),
  z.object({ tool: z.literal('segmentAnything'), model: z.string(), modelVersion: Sha256Schema }),
])
export type Assistant = z.infer<typeof AssistantSchema>

/** The shapes of `annotators` results of which a proposal was made, and how much those shapes agree, 0 to 1 (see `Cluster` of quality). */
const fromConsensus = {
  members: z.array(z.object({ revisionId: RevisionIdSchema, shapeId: ShapeIdSchema })).min(1).max(1_000),
  annotators: z.int().positive(),
  agreement: z.number().min(0).max(1),
}

/** Where a shape came from: a person's hand, or the proposal of a model, a tool or several annotators, taken over as it was or after a change. */
export const ProvenanceSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('human') }),
  z.object({ source: z.literal('acceptedPrediction'), ...fromPrediction }),
  z.object({ source: z.literal('editedPrediction'), ...fromPrediction }),
  z.object({ source: z.literal('assisted'), assistant: AssistantSchema }),
  z.object({ source: z.literal('editedAssisted'), assistant: AssistantSchema }),
  z.object({ source: z.literal('consensus'), ...fromConsensus }),
  z.object({ source: z.literal('editedConsensus'), ...fromConsensus }),
])
export type Provenance = z.infer<typeof ProvenanceSchema>
export type FromPrediction = Extract<Provenance, { source: 'acceptedPrediction' | 'editedPrediction' }>

/** The prediction that a shape comes from; undefined when it comes from none. */
export function predictionBehind(provenance: Provenance): FromPrediction | undefined {
  switch (provenance.source) {
    case 'acceptedPrediction':
    case 'editedPrediction': return provenance
    case 'human':
    case 'assisted':
    case 'editedAssisted':
    case 'consensus':
    case 'editedConsensus': return undefined
    default: return assertNever(provenance, 'provenance')
  }
}

/** The provenance of a shape that a person has changed: what was proposed is no longer the word of the proposer alone. */
export function editedProvenance(provenance: Provenance): Provenance {
  switch (provenance.source) {
    case 'acceptedPrediction': return { ...provenance, source: 'editedPrediction' }
    case 'assisted': return { ...provenance, source: 'editedAssisted' }
    case 'consensus': return { ...provenance, source: 'editedConsensus' }
    case 'human':
    case 'editedPrediction':
    case 'editedAssisted':
    case 'editedConsensus': return provenance
    default: return assertNever(provenance, 'provenance')
  }
}

/** One labelled object. `order` is its place in the stack: greater is nearer to the viewer. */
export const ShapeSchema = z.object({
  type: z.literal('shape'),
  id: ShapeIdSchema,
  classId: ClassIdSchema,
  geometry: ShapeGeometrySchema,
  attributes: z.record(AttributeIdSchema, AttributeValueSchema).default({}),
  provenance: ProvenanceSchema,
  order: z.number(),
  groupId: GroupIdSchema.optional(),
  createdBy: UserIdSchema,
  createdAt: InstantSchema,
})
export type Shape = z.infer<typeof ShapeSchema>
