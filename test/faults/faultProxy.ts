import { createServer, request as sendRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What happens to one request on its way. `dropBefore` never reaches the server; `dropAfter` reaches it and loses the answer; `truncate`
 * cuts the answer's body in the middle; `duplicate` delivers the request twice; `silence` never answers; `answer` comes from the network
 * in place of the server.
 */
export type Fault =
  | { kind: 'pass' }
  | { kind: 'dropBefore' }
  | { kind: 'dropAfter' }
  | { kind: 'delay'; ms: number }
  | { kind: 'truncate' }
  | { kind: 'duplicate' }
  | { kind: 'silence' }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }

export interface FaultProxy {
  origin: string
  /** The origin of the real server; without one only `answer` faults make sense. */
  target: string | undefined
  /** Decides the fate of each request from now on. */
  decide: (request: { method: string; path: string; headers: IncomingHttpHeaders }) => Fault
  /** Requests seen so far, as "METHOD /path". */
  seen: string[]
  close(): Promise<void>
}

/** The sign-in page that a hotel's network sends in place of every answer. */
export const CAPTIVE_PORTAL: Fault = { kind: 'answer', status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Please sign in</html>' }

/** A web proxy on loopback that misbehaves on demand. */
export async function createFaultProxy(target?: string): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    handle(proxy, request, response).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: FaultProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    decide: () => ({ kind: 'pass' }),
    seen: [],
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
  return proxy
}

async function handle(proxy: FaultProxy, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET'
  const path = request.url ?? '/'
  proxy.seen.push(`${method} ${path.split('?')[0]}`)
  const fault = proxy.decide({ method, path, headers: request.headers })
  if (fault.kind === 'silence') return
  if (fault.kind === 'dropBefore') return void response.destroy()
  const body = await readBody(request)
  if (fault.kind === 'answer') return void response.writeHead(fault.status, fault.headers).end(fault.body)
  if (fault.kind === 'delay') await sleep(fault.ms)
  const send = () => forward(proxy.target ?? '', request, body)
  if (fault.kind === 'duplicate') await send()
  const answer = await send()
  if (fault.kind === 'dropAfter') return void response.destroy()
  response.writeHead(answer.status, answer.headers)
  if (fault.kind !== 'truncate') return void response.end(answer.body)
  response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy())
}

interface Answer { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }

function forward(target: string, from: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // The Host header goes on as it came: signatures cover it.
    const to = sendRequest(new URL(from.url ?? '/', target), { method: from.method, headers: { ...from.headers, connection: 'close' } }, (answer) => {
      readBody(answer).then((read) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: read }), reject)
    })
    to.on('error', reject)
    to.end(body)
  })
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
