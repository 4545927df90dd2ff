import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GrantSource } from '../../../electron/engine/sync/ports.ts'
import { GrantSchema, type Grant } from '../../../shared/api/messages.ts'

export interface GrantServer extends GrantSource {
  origin: string
  /** What the addresses name, if it is not the origin. */
  publicOrigin: string
  /** How many grants were given. */
  granted: number
  /** The next so many grants are of no use: the storage takes them for expired. */
  spoilNext: number
  /** As some servers and caches do: all of an object comes, whatever range was asked for. */
  ignoresRanges: boolean
  close(): Promise<void>
}

function sendObject(held: Buffer, request: IncomingMessage, response: ServerResponse, ignoresRanges: boolean): ServerResponse {
  const etag = `"${createHash('md5').update(held).digest('hex')}"`
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (ignoresRanges || start === 0) return response.writeHead(200, { etag, 'content-length': held.length }).end(held)
  if ((request.headers['if-match'] ?? etag) !== etag) return response.writeHead(412).end()
  if (start >= held.length) return response.writeHead(416, { 'content-range': `bytes */${held.length}` }).end()
  return response.writeHead(206, { etag, 'content-length': held.length - start, 'content-range': `bytes ${start}-${held.length - 1}/${held.length}` }).end(held.subarray(start))
}

/** A storage in memory with one-time addresses, and the one who grants them. */
export async function createGrantServer(): Promise<GrantServer> {
  const objects = new Map<string, Buffer>()
  const granted = new Map<string, string>()
  const server = createServer((request, response) => {
    const key = granted.get(request.url ?? '')
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (key === undefined) return response.writeHead(403).end()
      const held = objects.get(key)
      if (request.method === 'GET') return held ? sendObject(held, request, response, grants.ignoresRanges) : response.writeHead(404).end()
      if (held && request.headers['if-none-match'] === '*') return response.writeHead(412, { 'x-amz-meta-sha256': createHash('sha256').update(held).digest('hex') }).end()
      objects.set(key, Buffer.concat(parts))
      return response.writeHead(200, { etag: '"1"' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const grant = (method: 'GET' | 'PUT', key: string): Grant => {
    const path = `/${randomUUID()}`
    grants.granted += 1
    if (grants.spoilNext > 0) grants.spoilNext -= 1
    else granted.set(path, key)
    const headers = method === 'PUT' ? { 'content-type': 'application/octet-stream', 'if-none-match': '*' } : {}
    return GrantSchema.parse({ key, method, url: grants.publicOrigin + path, headers, expiresAt: new Date(Date.now() + 60_000).toISOString() })
  }
  const grants: GrantServer = {
    origin,
    publicOrigin: origin,
    granted: 0,
    spoilNext: 0,
    ignoresRanges: false,
    grantUpload: async (request) => grant('PUT', request.key),
    grantDownload: async (request) => request.keys.map((key) => grant('GET', key)),
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
  return grants
}
