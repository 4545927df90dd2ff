import { z } from 'zod'

/** An error as RFC 9457 tells it (`application/problem+json`); `code` is ours and stable. */
export const ProblemSchema = z.looseObject({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** Of a conflict about an audit segment that leaves a gap: how many entries are held, so that it can be sent from there. */
  size: z.int().nonnegative().optional(),
  code: z.enum([
    'unauthenticated', 'forbidden', 'notFound', 'invalid', 'conflict', 'leasedElsewhere', 'cursorExpired', 'hashMismatch', 'blobMissing',
    'signatureInvalid', 'auditFork', 'rateLimited', 'tooLarge', 'unavailable', 'internal',
  ]),
})
export type Problem = z.infer<typeof ProblemSchema>
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'
