import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { openSlowLink } from '../../bench/drain/slowLink.ts'

/** Numbers, so that no part can stand in the place of another. */
const SENT = Buffer.from(Uint32Array.from({ length: 1_000_000 }, (_, index) => index).buffer)

it.each([0, 2, 20])('a slow link of %i ms brings all bytes, in their order', async (roundTripMs) => {
  const server = createServer((socket: Socket) => { socket.end(SENT) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const link = await openSlowLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { roundTripMs, loss: 0.0001 })
  onTestFinished(async () => {
    await link.close()
    server.close()
  })
  const received = await buffer(connect({ host: '127.0.0.1', port: Number(new URL(link.origin).port) }))
  expect(received.equals(SENT)).toBe(true)
})
