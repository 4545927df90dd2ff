import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface ConnectProxy {
  host: string
  /** Its address with the name and password that it asks for. */
  url: string
  /** The places that tunnels were asked for, as "host:port". */
  asked: string[]
  close(): Promise<void>
}

/** A web proxy on loopback that opens tunnels (CONNECT) for those who know its password. Only it knows where the given names are. */
export async function openConnectProxy(names: Record<string, string>, password?: { name: string; password: string }): Promise<ConnectProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const expected = password && `Basic ${Buffer.from(`${password.name}:${password.password}`).toString('base64')}`
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (request, client: Socket) => {
    client.on('error', () => client.destroy())
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n')
    }
    asked.push(request.url ?? '')
    const { hostname, port } = new URL(names[(request.url ?? '').replace(/:\d+$/, '')] ?? `http://${request.url}`)
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      target.pipe(client).pipe(target)
    })
    sockets.add(target)
    target.on('error', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const login = password ? `${encodeURIComponent(password.name)}:${encodeURIComponent(password.password)}@` : ''
  return {
    host, asked, url: `http://${login}${host}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
}
