import { createServer, request as sendRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What happens to one request on its way. `dropBefore` never reaches the server; `dropAfter` reaches it and loses the answer; `truncate`
 * cuts the answer's body in the middle; `duplicate` delivers the request twice; `reorder` holds the answer back until a later request got
 * its own; `silence` never answers; `stall` goes silent in the middle of the body; `corrupt` overwrites bytes of the answer, `corruptUpload`
 * of the request; `wrongLength` announces more than it brings; `clock` moves the server's date by milliseconds; `answer` comes from the
 * network in place of the server.
 */
export type Fault =
  | { kind: 'pass' }
  | { kind: 'dropBefore' }
  | { kind: 'dropAfter' }
  | { kind: 'delay'; ms: number }
  | { kind: 'truncate' }
  | { kind: 'duplicate' }
  | { kind: 'reorder' }
  | { kind: 'silence' }
  | { kind: 'stall' }
  | { kind: 'corrupt' }
  | { kind: 'corruptUpload' }
  | { kind: 'wrongLength' }
  | { kind: 'clock'; ms: number }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string | Uint8Array }

export interface FaultProxy {
  origin: string
  /** The origin of the real server; without one only `answer` faults make sense. */
  target: string | undefined
  /** Decides the fate of each request from now on. */
  decide: (request: { method: string; path: string; headers: IncomingHttpHeaders }) => Fault
  /** Hears of each request with its body, as it was sent. */
  observe: (request: { method: string; path: string; body: Buffer }) => void
  /** Requests seen so far, as "METHOD /path". */
  seen: string[]
  close(): Promise<void>
}

/** The sign-in page that a hotel's network sends in place of every answer. */
export const CAPTIVE_PORTAL: Fault = { kind: 'answer', status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Please sign in</html>' }

/** How long an answer is held back at most for a later one to overtake it, in milliseconds. */
const OVERTAKEN_WITHIN_MS = 150

/** A web proxy on loopback that misbehaves on demand. */
export async function createFaultProxy(target?: string): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    handle(proxy, answered, request, response).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const answered = new Answered()
  const proxy: FaultProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    decide: () => ({ kind: 'pass' }),
    observe: () => undefined,
    seen: [],
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
  return proxy
}

/** Lets an answer wait for the next one. */
class Answered {
  #waiting: (() => void)[] = []

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

async function handle(proxy: FaultProxy, answered: Answered, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET'
  const path = request.url ?? '/'
  proxy.seen.push(`${method} ${path.split('?')[0]}`)
  const fault = proxy.decide({ method, path, headers: request.headers })
  if (fault.kind === 'silence') return
  if (fault.kind === 'dropBefore') return void response.destroy()
  const body = await readBody(request)
  proxy.observe({ method, path, body })
  if (fault.kind === 'answer') return void response.writeHead(fault.status, fault.headers).end(fault.body)
  if (fault.kind === 'delay') await sleep(fault.ms)
  const send = () => forward(proxy.target ?? '', request, fault.kind === 'corruptUpload' ? overwritten(body) : body)
  if (fault.kind === 'duplicate') await send()
  const answer = await send()
  if (fault.kind === 'dropAfter') return void response.destroy()
  if (fault.kind === 'reorder') await Promise.race([answered.next(), sleep(OVERTAKEN_WITHIN_MS)])
  deliver(fault, answer, response)
  answered.tell()
}

interface Answer { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }

function deliver(fault: Fault, { status, headers, body }: Answer, response: ServerResponse): void {
  const half = body.subarray(0, Math.floor(body.length / 2))
  switch (fault.kind) {
    case 'truncate': response.writeHead(status, headers).write(half, () => response.destroy()); return
    case 'stall': response.writeHead(status, headers).write(half); return
    case 'corrupt': response.writeHead(status, headers).end(overwritten(body)); return
    case 'wrongLength':
      response.writeHead(status, { ...headers, 'content-length': String(body.length + 10) }).write(body, () => response.destroy())
      return
    case 'clock': response.writeHead(status, { ...headers, date: new Date(Date.now() + fault.ms).toUTCString() }).end(body); return
    default: response.writeHead(status, headers).end(body)
  }
}

/** The bytes with some in the middle made zeros, which no JSON text may hold. */
function overwritten(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes)
  const middle = Math.floor(damaged.length / 2)
  damaged.fill(0, middle, Math.min(damaged.length, middle + 8))
  return damaged
}

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
