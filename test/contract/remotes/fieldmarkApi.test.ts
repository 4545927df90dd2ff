import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TokenSource } from '../../../electron/engine/remotes/apiClient.ts'
import { createFieldmarkApi } from '../../../electron/engine/remotes/fieldmarkApi.ts'
import { createPresignedStore } from '../../../electron/engine/storage/presignedHttp.ts'
import { RemoteError } from '../../../electron/engine/sync/ports.ts'
import type { AuditSegment } from '../../../shared/api/messages.ts'
import { PROBLEM_MEDIA_TYPE } from '../../../shared/api/problem.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { aRevision, commitOf, frozen } from '../../builders/revision.ts'
import { CAPTIVE_PORTAL, createFaultProxy, type Fault, type FaultProxy } from '../../faults/faultProxy.ts'
import { createOrchestrator } from '../../orchestrator/orchestrator.ts'
import { describeOrchestrator } from './describeOrchestrator.ts'

const clock = { now: () => Date.now(), monotonic: () => performance.now() }
const fixedToken = (token: string): TokenSource => ({ get: async () => token, refresh: async () => undefined })
const running = () => AbortSignal.timeout(5_000)

describeOrchestrator('Fieldmark API', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-orchestrator-'))
  const server = await createOrchestrator({ dataDir })
  const token = await server.createUser({ id: 'ada', name: 'Ada', roles: ['annotator'] })
  await server.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: ['ada'] })
  for (const number of [1, 2, 3]) {
    await server.addAsset({ id: `asset-${number}`, projectId: 'project-1', name: `${number}.jpg`, bytes: Buffer.from(`image ${number}`), width: 10, height: 10, mediaType: 'image/jpeg' })
    await server.addTask({ id: `task-${number}`, projectId: 'project-1', assetId: `asset-${number}`, assignee: 'ada' })
  }
  const orchestrator = createFieldmarkApi({ baseUrl: server.url, tokens: fixedToken(token), clock })
  const close = async () => {
    await server.close()
    await rm(dataDir, { recursive: true })
  }
  return { orchestrator, objects: createPresignedStore({ grants: orchestrator }), close }
})

const json = (body: unknown, headers: Record<string, string> = {}): Fault =>
  ({ kind: 'answer', status: 200, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) })
const problem = (status: number, code: string, headers: Record<string, string> = {}): Fault =>
  ({ kind: 'answer', status, headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...headers }, body: JSON.stringify({ title: code, status, code }) })
const plain = (status: number, headers: Record<string, string> = {}): Fault => ({ kind: 'answer', status, headers })
const me = { userId: 'ada', name: 'Ada', roles: ['annotator'], storage: { kind: 'presigned' } }

describe('Fieldmark API, bad answers', () => {
  let proxy: FaultProxy
  const apiWith = (tokens: TokenSource = fixedToken('token')) => createFieldmarkApi({ baseUrl: `${proxy.origin}/team/`, tokens, clock, silenceMs: 200 })
  const failure = async (...faults: Fault[]) => {
    proxy.decide = () => faults.shift() ?? plain(500)
    const error: unknown = await apiWith().me(running()).then(() => undefined, (reason: unknown) => reason)
    if (!(error instanceof RemoteError)) throw new Error('Expected a RemoteError', { cause: error })
    expect(proxy.seen).toHaveLength(1)
    return error.failure
  }
  beforeEach(async () => void (proxy = await createFaultProxy()))
  afterEach(() => proxy.close())

  it.each<[string, Fault, RemoteError['failure']]>([
    ['a sign-in page', CAPTIVE_PORTAL, { kind: 'captivePortal' }],
    ['a redirect to one', plain(302, { location: 'http://portal.example' }), { kind: 'captivePortal' }],
    ['a network that wants to be signed in to', plain(511), { kind: 'captivePortal' }],
    ['a proxy that wants a password', plain(407), { kind: 'transient', status: 407 }],
    ['a page with an error', { kind: 'answer', status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }, { kind: 'captivePortal' }],
    ['an answer of another version', json({ hello: 'world' }), { kind: 'corrupt' }],
    ['an answer that is no JSON', { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: '{"userId":' }, { kind: 'corrupt' }],
    ['an empty error', plain(400), { kind: 'transient', status: 400 }],
    ['a server that broke', plain(502), { kind: 'transient', status: 502 }],
    ['an internal error', problem(500, 'internal'), { kind: 'transient', status: 500 }],
    ['unavailability', problem(503, 'unavailable'), { kind: 'transient', status: 503 }],
    ['unavailability for some time', problem(503, 'unavailable', { 'retry-after': '5' }), { kind: 'throttled', retryAfterMs: 5_000 }],
    ['too many requests', problem(429, 'rateLimited', { 'retry-after': '2' }), { kind: 'throttled', retryAfterMs: 2_000 }],
    ['too many requests, says a proxy', plain(429), { kind: 'throttled', retryAfterMs: undefined }],
    ['an expired cursor', problem(410, 'cursorExpired'), { kind: 'cursorExpired' }],
    ['a missing thing', problem(404, 'notFound'), { kind: 'notFound' }],
    ['a conflict', problem(409, 'blobMissing'), { kind: 'conflict', status: 409, code: 'blobMissing' }],
    ['an invalid request', problem(422, 'invalid'), { kind: 'refused', status: 422, code: 'invalid' }],
    ['a lack of rights', problem(403, 'forbidden'), { kind: 'refused', status: 403, code: 'forbidden' }],
    ['silence', { kind: 'silence' }, { kind: 'transient' }],
    ['a connection that breaks', { kind: 'dropBefore' }, { kind: 'transient' }],
  ])('takes %s for what it is, at one attempt', async (_name, fault, expected) => {
    expect(await failure(fault)).toEqual(expected)
  })

  it('reads a Retry-After that is a date', async () => {
    const soon = await failure(problem(429, 'rateLimited', { 'retry-after': new Date(Date.now() + 10_000).toUTCString() }))
    expect(soon.kind === 'throttled' && soon.retryAfterMs).toBeGreaterThan(8_000)
  })

  it('asks for a new token once, and only once', async () => {
    const sent: string[] = []
    const tokens: TokenSource = { get: async () => 'old', refresh: async () => (sent.push('refresh'), 'new') }
    proxy.decide = () => (proxy.seen.length === 1 ? problem(401, 'unauthenticated') : json(me))
    expect((await apiWith(tokens).me(running())).userId).toBe('ada')
    expect(sent).toEqual(['refresh'])

    proxy.decide = () => plain(401)
    await expect(apiWith(tokens).me(running())).rejects.toMatchObject({ failure: { kind: 'unauthorized' } })
    expect(sent).toEqual(['refresh', 'refresh'])
  })

  it('learns how far the clock is off from the date of each answer', async () => {
    const api = apiWith()
    expect(api.clockOffsetMs()).toBe(0)
    proxy.decide = () => json(me, { date: new Date(Date.now() + 3_600_000).toUTCString() })
    await api.me(running())
    expect(Math.abs(api.clockOffsetMs() - 3_600_000)).toBeLessThan(1_500)
  })

  it('calls addresses below the given one with the token, and names the submission as idempotency key', async () => {
    const headers: IncomingHttpHeaders[] = []
    proxy.decide = (request) => {
      headers.push(request.headers)
      return plain(500)
    }
    const commit = commitOf(frozen(aRevision()), 1)
    await apiWith().pull('a b&c', running()).catch(() => undefined)
    await apiWith().submit(commit, running()).catch(() => undefined)
    expect(proxy.seen).toEqual(['GET /team/v1/pull', 'POST /team/v1/submissions'])
    expect(headers[0]).toMatchObject({ authorization: 'Bearer token' })
    expect(headers[1]).toMatchObject({ 'idempotency-key': commit.submissionId, 'content-type': 'application/json' })
  })

  it('compresses long messages, but not for a server that does not read them', async () => {
    const encodings: (string | undefined)[] = []
    proxy.decide = ({ headers: { 'content-encoding': encoding } }) => {
      encodings.push(encoding)
      return encoding === 'gzip' ? plain(415) : problem(422, 'invalid')
    }
    const bodies: Buffer[] = []
    proxy.observe = ({ body }) => { bodies.push(body) }
    const api = apiWith()
    const segment = { device: 'device-1', epoch: 1, entries: [{ payload: 'x'.repeat(10_000) }] } as unknown as AuditSegment
    for (let time = 0; time < 2; time++) await expect(api.appendAudit(segment, running())).rejects.toMatchObject({ failure: { kind: 'refused' } })
    expect(encodings).toEqual(['gzip', undefined, undefined])
    expect(JSON.parse(gunzipSync(bodies[0] ?? Buffer.alloc(0)).toString())).toEqual(segment)
    expect(bodies[0]?.length).toBeLessThan(1_000)
  })

  it('reads compressed answers, and none that is cut short', async () => {
    const compressed = (end?: number): Fault => ({ kind: 'answer', status: 200, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: gzipSync(JSON.stringify(me)).subarray(0, end) })
    proxy.decide = () => compressed()
    expect((await apiWith().me(running())).userId).toBe('ada')
    proxy.decide = () => compressed(-10)
    await expect(apiWith().me(running())).rejects.toMatchObject({ failure: { kind: 'corrupt' } })
  })

  it('stops at once when it is aborted', async () => {
    proxy.decide = () => ({ kind: 'silence' })
    const abort = new AbortController()
    const reason = new Error('enough')
    const call = apiWith().me(abort.signal)
    setTimeout(() => abort.abort(reason), 20)
    await expect(call).rejects.toBe(reason)
  })

  it('is offline when nobody listens', async () => {
    const api = apiWith()
    await proxy.close()
    await expect(api.me(running())).rejects.toMatchObject({ failure: { kind: 'offline' } })
  })
})
