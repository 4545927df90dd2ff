import type { z } from 'zod'
import { createDocument } from 'zod-openapi'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { ENDPOINTS } from './endpoints.ts'
import type { EndpointName } from './endpoints.ts'
import { AssetSchema } from '../domain/asset.ts'
import { AuditReceiptSchema } from '../domain/auditEvent.ts'
import { ProjectSchema } from '../domain/project.ts'
import { ReceiptSchema } from '../domain/receipt.ts'
import { ReviewSchema } from '../domain/review.ts'
import { CommentSchema } from '../domain/comment.ts'
import { RevisionRecordSchema } from '../domain/revisionRecord.ts'
import { StatementReceiptSchema } from '../domain/statement.ts'
import { ShapeGeometrySchema } from '../domain/shape.ts'
import { LeaseSchema } from '../domain/task.ts'
import { AuditSegmentSchema, DeviceRegistrationSchema, DownloadGrantRequestSchema, GrantSchema, MeSchema, RegistrationAnswerSchema, StatementCommitSchema, SubmissionCommitSchema, UploadGrantRequestSchema } from './messages.ts'
import { PROBLEM_MEDIA_TYPE, ProblemSchema } from './problem.ts'
import { PullPageSchema } from './records.ts'

interface EndpointParts {
  method: 'GET' | 'POST'
  path: string
  summary: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  response: z.ZodType
}

/** The statuses that every operation may answer with besides success; `code` in the problem says more. */
const PROBLEMS = {
  '401': 'The token is missing, unknown or revoked (unauthenticated)',
  '403': 'The token does not give this right (forbidden)',
  '404': 'There is no such record, or none that the person may see (notFound)',
  '409': 'It contradicts what the orchestrator holds (conflict, auditFork, leasedElsewhere), or the bytes are not in storage yet (blobMissing: upload and repeat)',
  '410': 'The cursor belongs to another history: pull from the start (cursorExpired)',
  '413': 'The message or object is too large (tooLarge)',
  '422': 'The message is not valid (invalid, hashMismatch, signatureInvalid)',
  '429': 'Too many requests: wait as Retry-After says (rateLimited)',
  '500': 'The orchestrator failed (internal)',
  '503': 'The orchestrator cannot answer for now (unavailable)',
} as const

/** Made once: by being the same objects they become components that every operation refers to. */
const PROBLEM_RESPONSES = Object.fromEntries(
  Object.entries(PROBLEMS).map(([status, description]) => [
    status, { id: `Problem${status}`, description, content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemSchema } } },
  ]),
)

/** What the document names; everything else is written where it is used. */
const NAMED_SCHEMAS = {
  Asset: AssetSchema, AuditReceipt: AuditReceiptSchema, AuditSegment: AuditSegmentSchema, Comment: CommentSchema,
  DeviceRegistration: DeviceRegistrationSchema, DownloadGrantRequest: DownloadGrantRequestSchema, Grant: GrantSchema, Lease: LeaseSchema, Me: MeSchema,
  Problem: ProblemSchema, Project: ProjectSchema, PullPage: PullPageSchema, Receipt: ReceiptSchema,
  RegistrationAnswer: RegistrationAnswerSchema, Review: ReviewSchema, RevisionRecord: RevisionRecordSchema, ShapeGeometry: ShapeGeometrySchema,
  StatementCommit: StatementCommitSchema, StatementReceipt: StatementReceiptSchema, SubmissionCommit: SubmissionCommitSchema,
  UploadGrantRequest: UploadGrantRequestSchema,
}

/** The OpenAPI 3.1 document of the orchestration API. The same contract always gives the same document. */
export function buildOpenApiDocument(): object {
  const paths: ZodOpenApiPathsObject = {}
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const endpoint: EndpointParts = ENDPOINTS[name]
    const method = endpoint.method === 'GET' ? 'get' : 'post'
    paths[endpoint.path] = { ...paths[endpoint.path], [method]: operationOf(name, endpoint) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Fieldmark orchestration API', version: '1',
      description: 'Hands out annotation tasks and takes submissions, exactly once. Errors are problem documents (RFC 9457). A message may come with Content-Encoding: gzip; a server that does not read that answers 415, and the message is sent plain. Coordinates are image pixels.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ token: [] }],
    paths,
    components: {
      schemas: NAMED_SCHEMAS,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }, { override: ({ jsonSchema }) => allowNewerServers(jsonSchema) })
}

/** Readers must take fields that a newer server adds; and some formats of zod are none of JSON Schema's. */
function allowNewerServers(jsonSchema: { additionalProperties?: unknown; format?: string | undefined }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (jsonSchema.format === 'starts_with') delete jsonSchema.format
}

function operationOf(name: string, { summary, params, query, body, response }: EndpointParts): ZodOpenApiOperationObject {
  return {
    operationId: name,
    summary,
    ...((params ?? query) && { requestParams: { ...(params && { path: params }), ...(query && { query }) } }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { '200': { description: 'Done', content: { 'application/json': { schema: response } } }, ...PROBLEM_RESPONSES },
  }
}
