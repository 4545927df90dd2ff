import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { pipeline, Transform } from 'node:stream'

/** Round trip in milliseconds, and the share of packets that is lost. */
export interface LinkQuality { roundTripMs: number; loss: number }

export interface SlowLink {
  origin: string
  close(): Promise<void>
}

const SEGMENT_BYTES = 1460
/** Loopback's own round trip, in milliseconds. */
const SHORTEST_ROUND_TRIP_MS = 0.2
const CHUNK_BYTES = 16 * 1024

/**
 * A link to a server on loopback, in user space, because not every kernel here can shape packets. Each direction is late by half a round trip, a new
 * connection by a whole one, and a connection brings no more than TCP does at this loss (Mathis et al. 1997: MSS / RTT * sqrt(3/2) / sqrt(p)).
 */
export async function openSlowLink(target: string, quality: LinkQuality): Promise<SlowLink> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true })
    // Each direction ends by itself: what one side said before it ended is still under way.
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    }
    // The handshake of the client has taken no time; its first bytes make up for that.
    pipeline(client, late(quality, quality.roundTripMs), upstream, () => upstream.destroy())
    pipeline(upstream, late(quality, 0), client, () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
}

/** Bytes a second of one connection. */
function connectionRate({ roundTripMs, loss }: LinkQuality): number {
  if (loss === 0) return Infinity
  return (SEGMENT_BYTES / (Math.max(SHORTEST_ROUND_TRIP_MS, roundTripMs) / 1000)) * Math.sqrt(1.5 / loss)
}

function late(quality: LinkQuality, extraMs: number): Transform {
  const rate = connectionRate(quality)
  const delayMs = quality.roundTripMs / 2
  let free = performance.now() + extraMs
  /** What was taken and is not delivered yet, in order, so that no more than a round trip's worth is under way. */
  const underWay: { chunk: Buffer; dueAt: number }[] = []
  let timer: NodeJS.Timeout | undefined
  let onFlushed: (() => void) | undefined
  const deliver = (stream: Transform) => {
    for (let next = underWay[0]; next !== undefined && next.dueAt - performance.now() < 1; next = underWay[0]) {
      underWay.shift()
      stream.push(next.chunk)
    }
    const [next] = underWay
    timer = next && setTimeout(deliver, Math.max(0, next.dueAt - performance.now()), stream)
    if (next === undefined) onFlushed?.()
  }
  return new Transform({
    readableHighWaterMark: CHUNK_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      const sent = Math.max(performance.now(), free)
      free = sent + (chunk.length / rate) * 1000
      underWay.push({ chunk, dueAt: free + delayMs })
      // One timer at a time: what is late already would overtake what waits for it.
      if (timer === undefined) deliver(this)
      const untilFreeMs = free - performance.now()
      if (untilFreeMs < 1) done()
      else setTimeout(done, untilFreeMs)
    },
    flush(done) {
      if (underWay.length === 0) done()
      else onFlushed = () => done()
    },
  })
}
