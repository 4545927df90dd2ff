import { z } from 'zod'
import { TagIdSchema } from '../../../shared/domain/ids.ts'
import { ComparedResultSchema } from '../../../shared/rpc/quality.ts'

/** What the thread is asked: the compared results with their frozen JSON, and the tags that could have been set. */
export const AgreementRequestSchema = z.object({ results: z.array(ComparedResultSchema.extend({ json: z.string() })), tags: z.array(TagIdSchema) })
export type AgreementRequest = z.infer<typeof AgreementRequestSchema>
