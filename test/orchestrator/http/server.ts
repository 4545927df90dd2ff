import fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Writable } from 'node:stream'
import { PROBLEM_MEDIA_TYPE } from '../../../shared/api/problem.ts'
import type { Problem } from '../../../shared/api/problem.ts'
import { ProblemError, problemDocument } from './problems.ts'

/** A segment of 1000 audit entries is the largest message; images and submissions go to the object routes. */
const BODY_LIMIT = 8 * 1024 * 1024
const REQUEST_TIMEOUT_MS = 120_000

/** An HTTP server without routes that answers every error with a problem document and logs no secret. */
export function createServer(now: () => number, log: Writable | undefined): FastifyInstance {
  const server = fastify({
    logger: log ? loggerOptions(log) : false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // An ended orchestrator must look like one: open connections are cut.
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  })
  server.removeContentTypeParser('text/plain')
  // Workstations correct their clocks by this header, so it tells the same time as the answers do.
  server.addHook('onRequest', async (_request, reply) => void reply.header('date', new Date(now()).toUTCString()))
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  server.setNotFoundHandler((request, reply) => answerError(new ProblemError(404, 'notFound', 'There is nothing at this address'), request, reply))
  return server
}

function loggerOptions(stream: Writable) {
  return {
    stream,
    redact: ['req.headers', 'headers.authorization', 'token', 'signature', '*.token', '*.signature'],
    serializers: {
      // Query strings carry the signatures of object URLs.
      req: (request: FastifyRequest) => ({ method: request.method, path: request.url.split('?')[0], from: request.ip }),
    },
  }
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error)
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problemDocument(problem)))
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const status = statusOf(error)
  // Fastify's own complaints about a request; anything else is our fault, and its message is not for the caller.
  if (status >= 400 && status < 500) return new ProblemError(status, codeOf(status), error instanceof Error ? error.message : 'The request was refused')
  return new ProblemError(500, 'internal', 'The orchestrator failed; its log says why')
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
}

function codeOf(status: number): Problem['code'] {
  if (status === 413) return 'tooLarge'
  return status === 404 ? 'notFound' : 'invalid'
}
