import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFieldmarkApi } from '../../../electron/engine/remotes/fieldmarkApi.ts'
import { createPresignedStore } from '../../../electron/engine/storage/presignedHttp.ts'
import { createS3Store } from '../../../electron/engine/storage/s3.ts'
import type { ProxyFor } from '../../../electron/engine/http/proxies.ts'
import { openConnectProxy, type ConnectProxy } from '../../builders/connectProxy.ts'
import { openSocksProxy } from '../../builders/socksProxy.ts'
import { createGrantServer, type GrantServer } from './grantServer.ts'
import { failureOf, putRequest, readObject } from './describeObjectStore.ts'

const running = () => AbortSignal.timeout(5_000)
const PASSWORD = { name: 'ada@office', password: 'p:ss/w%rd' }

/** Servers under names that only the proxy knows. */
describe.each([['a web proxy', openConnectProxy], ['a SOCKS proxy', openSocksProxy]] as const)('%s that asks for a name and password', (_kind, openProxy) => {
  let grants: GrantServer
  let s3: Server
  let proxy: ConnectProxy
  let through: ProxyFor
  let withWrongPassword: ProxyFor

  beforeEach(async () => {
    grants = await createGrantServer()
    grants.publicOrigin = 'http://storage.test'
    s3 = createServer((request, response) => {
      request.resume()
      request.on('end', () => response.writeHead(200, { etag: '"1"' }).end(request.method === 'GET' ? 'from the bucket' : undefined))
    }).listen(0, '127.0.0.1')
    await once(s3, 'listening')
    proxy = await openProxy({ 'storage.test': grants.origin, 'bucket.test': `http://127.0.0.1:${(s3.address() as AddressInfo).port}` }, PASSWORD)
    through = async () => proxy.url
    withWrongPassword = async () => proxy.url.replace(/\/\/.*@/, '//ada:wrong@')
  })
  afterEach(async () => {
    await proxy.close()
    await grants.close()
    s3.closeAllConnections()
    s3.close()
  })
  const bucket = (proxyFor: ProxyFor) => createS3Store({ endpoint: 'http://bucket.test', region: 'us-east-1', bucket: 'labels', prefix: '', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, silenceMs: 2_000, proxyFor })

  it('lets granted addresses through', async () => {
    const store = createPresignedStore({ grants, proxyFor: through, silenceMs: 2_000 })
    const request = putRequest('by proxy')
    expect(await store.put(request, running())).toBe('stored')
    expect((await readObject(store, request.key)).toString()).toBe('by proxy')
    expect(new Set(proxy.asked)).toEqual(new Set(['storage.test:80']))
  })

  it('lets S3 through', async () => {
    expect(await bucket(through).put(putRequest('by proxy'), running())).toBe('stored')
    expect((await readObject(bucket(through), 'a')).toString()).toBe('from the bucket')
    expect(new Set(proxy.asked)).toEqual(new Set(['bucket.test:80']))
  })

  it('is not passed with a wrong password: that is told, and everything waits', async () => {
    const api = createFieldmarkApi({ baseUrl: 'http://storage.test', tokens: { get: async () => 'token', refresh: async () => undefined }, clock: { now: () => 0, monotonic: () => 0 }, proxyFor: withWrongPassword })
    expect(await failureOf(api.me(running()))).toEqual({ kind: 'offline' })
    await expect(api.me(running())).rejects.toThrow(/proxy .* asks for another name and password/)
    expect(await failureOf(createPresignedStore({ grants, proxyFor: withWrongPassword }).put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
    expect(await failureOf(bucket(withWrongPassword).put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
    expect(proxy.asked).toEqual([])
  })

  it('that is gone is taken for being offline', async () => {
    await proxy.close()
    expect(await failureOf(createPresignedStore({ grants, proxyFor: through }).put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
    expect(await failureOf(bucket(through).put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
  })
})
