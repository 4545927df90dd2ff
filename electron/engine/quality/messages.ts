import { z } from 'zod'
import { InstantSchema, TagIdSchema, UserIdSchema } from '../../../shared/domain/ids.ts'
import { ShapeSchema } from '../../../shared/domain/shape.ts'
import { ComparedResultSchema } from '../../../shared/rpc/quality.ts'

const ResultsSchema = z.array(ComparedResultSchema.extend({ json: z.string() }))

/** What the thread is asked of compared results, given with their frozen JSON: how far they agree (of the tags that could have been set), or what they say together. */
export const QualityRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('figures'), results: ResultsSchema, tags: z.array(TagIdSchema) }),
  z.object({ kind: z.literal('consensus'), results: ResultsSchema, image: z.object({ width: z.number(), height: z.number() }), user: UserIdSchema, at: InstantSchema }),
])
export type QualityRequest = z.infer<typeof QualityRequestSchema>
export type FiguresRequest = Extract<QualityRequest, { kind: 'figures' }>
export type ConsensusRequest = Extract<QualityRequest, { kind: 'consensus' }>

/** What several people say of an image together. */
export const ProposalSchema = z.object({ shapes: z.array(ShapeSchema), tags: z.array(TagIdSchema) })
export type Proposal = z.infer<typeof ProposalSchema>
