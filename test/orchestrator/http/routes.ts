import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { ENDPOINTS } from '../../../shared/api/endpoints.ts'
import type { EndpointName } from '../../../shared/api/endpoints.ts'
import { handlers } from '../api/handlers.ts'
import { authenticate } from './auth.ts'
import { readCompressed, sendCompressed } from './compression.ts'
import type { Call, Handler } from './endpointTypes.ts'
import { invalid } from './problems.ts'
import type { Services } from './services.ts'

interface EndpointParts {
  method: 'GET' | 'POST'
  path: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response: z.ZodType
}

/** Registers every endpoint of the contract: who calls, what they sent, the handler, and the answer held against its schema. */
export function registerEndpoints(server: FastifyInstance, services: Services): void {
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) registerEndpoint(server, services, name)
}

function registerEndpoint<Name extends EndpointName>(server: FastifyInstance, services: Services, name: Name): void {
  const endpoint: EndpointParts = ENDPOINTS[name]
  const handle: Handler<Name> = handlers[name]
  server.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    preParsing: readCompressed,
    onSend: sendCompressed,
    handler: async (request, reply) => {
      const caller = await authenticate(services.db, request.headers.authorization)
      const call = {
        caller,
        idempotencyKey: headerOf(request, 'idempotency-key'),
        params: read(endpoint.params, request.params, 'path'),
        query: read(endpoint.query, request.query, 'query'),
        body: read(endpoint.body, request.body, 'body'),
      } as Call<Name>
      const answer: unknown = await handle(services, call)
      return reply.send(endpoint.response.parse(answer))
    },
  })
}

function read(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw invalid(`The ${where} is not as the contract says`, { issues })
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
