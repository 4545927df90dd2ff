import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createS3Store } from '../../../electron/engine/storage/s3.ts'
import type { ObjectStore } from '../../../electron/engine/sync/ports.ts'
import { CAPTIVE_PORTAL, createFaultProxy, type Fault, type FaultProxy } from '../../faults/faultProxy.ts'
import { failureOf, putRequest, readObject } from './describeObjectStore.ts'

const running = () => AbortSignal.timeout(5_000)

function s3Error(status: number, code: string, headers: Record<string, string> = {}): Fault {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>said the server</Message></Error>`
  return { kind: 'answer', status, headers: { 'content-type': 'application/xml', ...headers }, body }
}

/** What needs no real server: answers that S3 (or a network in its place) gives when things go wrong. */
describe('s3 store, bad answers', () => {
  let proxy: FaultProxy
  let store: ObjectStore
  const alwaysFault = (fault: Fault) => void (proxy.decide = () => fault)

  beforeEach(async () => {
    proxy = await createFaultProxy()
    store = createS3Store({ endpoint: proxy.origin, region: 'us-east-1', bucket: 'bucket', prefix: '', credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }, silenceMs: 300 })
  })
  afterEach(() => proxy.close())

  it.each<[string, Fault, unknown]>([
    ['an internal error', s3Error(500, 'InternalError'), { kind: 'transient', status: 500 }],
    ['unavailability', s3Error(503, 'ServiceUnavailable'), { kind: 'transient', status: 503 }],
    ['SlowDown', s3Error(503, 'SlowDown'), { kind: 'throttled' }],
    ['too many requests', s3Error(429, 'TooManyRequests', { 'retry-after': '7' }), { kind: 'throttled', retryAfterMs: 7_000 }],
    ['a conditional conflict', s3Error(409, 'ConditionalRequestConflict'), { kind: 'transient', status: 409 }],
    ['expired credentials', s3Error(400, 'ExpiredToken'), { kind: 'unauthorized' }],
    ['a refused access', s3Error(403, 'AccessDenied'), { kind: 'unauthorized' }],
    ['a clock that is wrong', s3Error(403, 'RequestTimeTooSkewed'), { kind: 'transient', status: 403 }],
    ['a body that came damaged', s3Error(400, 'BadDigest'), { kind: 'corrupt' }],
    ['a bucket that is gone', s3Error(404, 'NoSuchBucket'), { kind: 'transient', status: 404 }],
    ['a request it cannot accept', s3Error(400, 'InvalidRequest'), { kind: 'refused', status: 400, code: 'InvalidRequest' }],
    ['a sign-in page', CAPTIVE_PORTAL, { kind: 'captivePortal' }],
    ['a page of an intercepting proxy', { kind: 'answer', status: 403, headers: { 'content-type': 'text/html' }, body: '<html>no</html>' }, { kind: 'unauthorized' }],
    ['silence', { kind: 'silence' }, { kind: 'transient' }],
    ['a connection that breaks', { kind: 'dropBefore' }, { kind: 'transient' }],
  ])('takes %s for what it is, at one attempt', async (_name, fault, failure) => {
    alwaysFault(fault)
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual(failure)
    expect(proxy.seen).toHaveLength(1)
  })

  it('trusts no page of the network as an object', async () => {
    alwaysFault(CAPTIVE_PORTAL)
    expect(await failureOf(readObject(store, 'a'))).toEqual({ kind: 'captivePortal' })
  })

  it('is offline when nobody listens', async () => {
    await proxy.close()
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
  })
})
