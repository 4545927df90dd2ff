import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError, notFound } from '../http/problems.ts'
import type { DataKeys } from '../signing/dataKeys.ts'
import type { LocalObjects } from './localObjects.ts'
import { readPermission } from './signedUrls.ts'
import type { Permission } from './signedUrls.ts'

/** Serves the URLs that the orchestrator grants: `/objects/<key>`. The signature in the query is the only right that is needed. */
export function registerObjectRoutes(server: FastifyInstance, objects: LocalObjects, keys: DataKeys, now: () => number): void {
  void server.register(async (scope) => {
    // Bodies are streamed, whatever they are.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    const permissionOf = (request: FastifyRequest, method: 'GET' | 'PUT') =>
      readPermission(keys, method, (request.params as { '*': string })['*'], request.query, now())

    scope.put('/objects/*', async (request, reply) => putObject(objects, permissionOf(request, 'PUT'), request, reply))
    scope.get('/objects/*', async (request, reply) => getObject(objects, permissionOf(request, 'GET'), request, reply))
  })
}

async function putObject(objects: LocalObjects, permission: Permission, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (permission.method !== 'PUT') throw new TypeError('not an upload')
  const announced = request.headers['content-length']
  if (announced === undefined) throw new ProblemError(411, 'invalid', 'Content-Length is needed')
  if (Number(announced) !== permission.size) throw new ProblemError(400, 'hashMismatch', `The grant is for ${permission.size} bytes, not ${announced}`)
  if (request.headers['content-type'] !== permission.mediaType) throw new ProblemError(400, 'invalid', `The grant is for ${permission.mediaType}`)
  if (request.headers['if-none-match'] !== '*') throw new ProblemError(428, 'invalid', 'If-None-Match: * is needed: nothing stored is overwritten')
  const outcome = await objects.receive(permission, request.raw)
  if (outcome === 'existed') {
    const held = await objects.find(permission.key)
    void reply.headers({ etag: `"${held?.sha256}"`, 'x-amz-meta-sha256': held?.sha256 })
    throw new ProblemError(412, 'conflict', 'The key is taken')
  }
  return reply.code(200).header('etag', `"${permission.sha256}"`).send()
}

async function getObject(objects: LocalObjects, permission: Permission, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const row = await objects.find(permission.key)
  if (!row) throw notFound('object')
  const etag = `"${row.sha256}"`
  void reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, immutable' })
  const range = rangeOf(request.headers.range, row.size)
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${row.size}`)
    throw new ProblemError(416, 'invalid', `The object has ${row.size} bytes`)
  }
  const { start, end } = range ?? { start: 0, end: row.size - 1 }
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${row.size}`)
  void reply.headers({ 'content-type': row.mediaType, 'content-length': end - start + 1 })
  // HEAD is answered by Fastify from this route; an empty object has no first byte to stream from.
  return row.size === 0 ? reply.send('') : reply.send(objects.stream(row, start, end))
}

/** One range of bytes (RFC 9110, 14.1.2), both ends included. Several ranges or anything unreadable count as none, which the standard allows. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
