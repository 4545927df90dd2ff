import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { ConnectProxy } from './connectProxy.ts'

const VERSION = 5
const PASSWORD_METHOD = 2
const NO_METHOD = 0xff
const BY_NAME = 3

/** A SOCKS proxy on loopback (RFC 1928) that opens connections for those who know its name and password (RFC 1929). Only it knows where the given names are. */
export async function openSocksProxy(names: Record<string, string>, password: { name: string; password: string }): Promise<ConnectProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const serve = async (client: Socket) => {
    const read = readerOf(client)
    const [, methods = 0] = await read(2)
    const offered = await read(methods)
    if (!offered.includes(PASSWORD_METHOD)) return void client.end(Buffer.of(VERSION, NO_METHOD))
    client.write(Buffer.of(VERSION, PASSWORD_METHOD))
    const field = async () => (await read((await read(1))[0] ?? 0)).toString()
    await read(1)
    const isKnown = (await field()) === password.name && (await field()) === password.password
    client.write(Buffer.of(1, isKnown ? 0 : 1))
    if (!isKnown) return void client.end()
    const [, , , kind] = await read(4)
    if (kind !== BY_NAME) return void client.end(Buffer.of(VERSION, 8, 0, 1, 0, 0, 0, 0, 0, 0))
    const name = await field()
    const place = `${name}:${(await read(2)).readUInt16BE()}`
    asked.push(place)
    const { hostname, port } = new URL(names[name] ?? `http://${place}`)
    const target = connect(Number(port), hostname, () => {
      client.write(Buffer.of(VERSION, 0, 0, 1, 127, 0, 0, 1, 0, 0))
      target.pipe(client).pipe(target)
    })
    sockets.add(target)
    target.on('error', () => client.destroy())
  }
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => client.destroy())
    serve(client).catch(() => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host, asked, url: `socks5://${encodeURIComponent(password.name)}:${encodeURIComponent(password.password)}@${host}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
}

/** Reads just so many bytes of what comes, and leaves the rest for the next reader. */
function readerOf(socket: Socket) {
  return async (size: number): Promise<Buffer> => {
    if (size === 0) return Buffer.alloc(0)
    for (;;) {
      const bytes = socket.read(size) as Buffer | null
      if (bytes !== null) return bytes
      if (socket.readableEnded || socket.destroyed) throw new Error('The connection has ended')
      await Promise.race([once(socket, 'readable'), once(socket, 'close')])
    }
  }
}
