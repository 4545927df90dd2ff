import { z } from 'zod'
import { AssetIdSchema, InstantSchema, RevisionIdSchema, SchemaHashSchema, TagIdSchema, UserIdSchema } from '../../../shared/domain/ids.ts'
import { ShapeSchema } from '../../../shared/domain/shape.ts'
import { VersionContentSchema } from '../../../shared/rpc/compare.ts'
import { ComparedResultSchema } from '../../../shared/rpc/quality.ts'

const ResultsSchema = z.array(ComparedResultSchema.extend({ json: z.string() }))

/** A version of a task as it is stored: the records of the draft, a revision, a prediction, a gold answer. */
const SideTextSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft'), edited: z.boolean(), json: z.string() }),
  z.object({ kind: z.literal('revision'), revisionId: RevisionIdSchema, here: z.boolean(), json: z.string() }),
  z.object({ kind: z.literal('prediction'), json: z.string() }),
  z.object({ kind: z.literal('gold'), json: z.string() }),
])
export type SideText = z.infer<typeof SideTextSchema>

/**
 * What the thread is asked of compared results, given with their frozen JSON: how far they agree (of the tags that could have been set), or what they say together;
 * or what differs between two versions, given as their contents or as they are stored.
 */
export const QualityRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('figures'), results: ResultsSchema, tags: z.array(TagIdSchema) }),
  z.object({ kind: z.literal('consensus'), results: ResultsSchema, image: z.object({ width: z.number(), height: z.number() }), user: UserIdSchema, at: InstantSchema }),
  z.object({ kind: z.literal('contents'), contents: z.tuple([VersionContentSchema, VersionContentSchema]) }),
  z.object({ kind: z.literal('differences'), sides: z.tuple([SideTextSchema, SideTextSchema]) }),
])
export type QualityRequest = z.infer<typeof QualityRequestSchema>
export type FiguresRequest = Extract<QualityRequest, { kind: 'figures' }>
export type ConsensusRequest = Extract<QualityRequest, { kind: 'consensus' }>
export type ContentsRequest = Extract<QualityRequest, { kind: 'contents' }>
export type DifferencesRequest = Extract<QualityRequest, { kind: 'differences' }>

/** Two versions with what differs, as the JSON of an object, and whose the revisions among them are. */
export const ComparedTextSchema = z.object({ json: z.string(), revisions: z.array(z.object({ assetId: AssetIdSchema, schemaHash: SchemaHashSchema })) })

/** What several people say of an image together. */
export const ProposalSchema = z.object({ shapes: z.array(ShapeSchema), tags: z.array(TagIdSchema) })
export type Proposal = z.infer<typeof ProposalSchema>
