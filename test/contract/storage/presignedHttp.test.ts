import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPresignedStore } from '../../../electron/engine/storage/presignedHttp.ts'
import type { ObjectStore } from '../../../electron/engine/sync/ports.ts'
import { AssetIdSchema } from '../../../shared/domain/ids.ts'
import { CAPTIVE_PORTAL, createFaultProxy, type Fault, type FaultProxy } from '../../faults/faultProxy.ts'
import { describeObjectStore, failureOf, putRequest, readObject } from './describeObjectStore.ts'
import { createGrantServer, type GrantServer } from './grantServer.ts'

const running = () => AbortSignal.timeout(5_000)

describeObjectStore('presigned http', async () => {
  const grants = await createGrantServer()
  return { store: createPresignedStore({ grants }), close: () => grants.close() }
})

describe('presigned http store', () => {
  let proxy: FaultProxy
  let grants: GrantServer
  let store: ObjectStore
  /** The next requests meet these faults, one each. */
  const nextFaults = (...faults: Fault[]) => void (proxy.decide = () => faults.shift() ?? { kind: 'pass' })

  beforeEach(async () => {
    grants = await createGrantServer()
    proxy = await createFaultProxy(grants.origin)
    grants.publicOrigin = proxy.origin
    store = createPresignedStore({ grants, silenceMs: 200 })
  })
  afterEach(async () => {
    await proxy.close()
    await grants.close()
  })

  it('asks for a new address once when one has expired, at each call', async () => {
    grants.spoilNext = 1
    const request = putRequest('late')
    expect(await store.put(request, running())).toBe('stored')
    expect(grants.granted).toBe(2)
    grants.spoilNext = 1
    expect((await readObject(store, request.key)).toString()).toBe('late')
    grants.spoilNext = 2
    expect(await failureOf(readObject(store, request.key))).toEqual({ kind: 'grantExpired' })
    expect(grants.granted).toBe(6)
  })

  it('finds its own bytes after an answer that was lost', async () => {
    nextFaults({ kind: 'dropAfter' })
    const request = putRequest('once only')
    expect(await failureOf(store.put(request, running()))).toMatchObject({ kind: 'transient' })
    expect(await store.put(request, running())).toBe('existed')
  })

  it('trusts no page of the network', async () => {
    nextFaults(CAPTIVE_PORTAL, CAPTIVE_PORTAL, { kind: 'answer', status: 302, headers: { location: 'http://portal.example' } })
    const request = putRequest('real')
    expect(await failureOf(store.put(request, running()))).toEqual({ kind: 'captivePortal' })
    expect(await failureOf(readObject(store, request.key))).toEqual({ kind: 'captivePortal' })
    expect(await failureOf(store.put(request, running()))).toEqual({ kind: 'captivePortal' })
    expect(await store.put(request, running())).toBe('stored')
  })

  it('takes all of an object from a server that does not know ranges', async () => {
    const request = putRequest('all of it')
    await store.put(request, running())
    grants.ignoresRanges = true
    let begin: unknown
    const parts: Uint8Array[] = []
    const ref = { key: request.key, assetId: AssetIdSchema.parse('asset-1') }
    for await (const part of store.get(ref, running(), { offset: 4, version: undefined, onBegin: (told) => (begin = told) })) parts.push(part)
    expect(begin).toMatchObject({ offset: 0 })
    expect(Buffer.concat(parts).toString()).toBe('all of it')
  })

  it('asks for all of an object when other bytes come than those it asked for', async () => {
    const request = putRequest('the whole truth')
    await store.put(request, running())
    nextFaults({ kind: 'answer', status: 206, headers: { 'content-range': 'bytes 9-14/15' }, body: ' truth' })
    let begin: unknown
    const parts: Uint8Array[] = []
    for await (const part of store.get({ key: request.key, assetId: AssetIdSchema.parse('asset-1') }, running(), { offset: 4, version: undefined, onBegin: (told) => (begin = told) })) parts.push(part)
    expect(begin).toMatchObject({ offset: 0 })
    expect(Buffer.concat(parts).toString()).toBe('the whole truth')
  })

  it('notices an answer that was cut short, and silence', async () => {
    const request = putRequest(Buffer.alloc(100_000, 'x'))
    await store.put(request, running())
    nextFaults({ kind: 'truncate' }, { kind: 'silence' })
    expect(await failureOf(readObject(store, request.key))).toEqual({ kind: 'corrupt' })
    expect(await failureOf(readObject(store, request.key))).toEqual({ kind: 'transient' })
  })

  it.each([
    [500, { kind: 'transient', status: 500 }], [503, { kind: 'transient', status: 503 }], [408, { kind: 'transient', status: 408 }],
    [409, { kind: 'transient', status: 409 }], [429, { kind: 'throttled' }], [404, { kind: 'notFound' }], [400, { kind: 'refused', status: 400, code: 'storage' }],
    [511, { kind: 'captivePortal' }],
  ])('takes the status %i for what it is', async (status, failure) => {
    nextFaults({ kind: 'answer', status })
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual(failure)
  })

  it('sends an object again that arrived damaged', async () => {
    nextFaults({ kind: 'answer', status: 400, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>BadDigest</Code></Error>' })
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual({ kind: 'corrupt' })
  })

  it('is offline when nobody listens', async () => {
    await proxy.close()
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
  })

  it('opens web addresses only', async () => {
    const hostile = createPresignedStore({ grants: { ...grants, grantDownload: async ({ keys }) => [{ key: keys[0] as never, method: 'GET', url: 'data:,forged', headers: {}, expiresAt: '' as never }] } })
    expect(await failureOf(readObject(hostile, 'a'))).toMatchObject({ kind: 'refused', code: 'badAddress' })
  })
})
