import type { Grant } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ProxyFor } from '../http/proxies.ts'
import { isWebPage, sendRequest, type HttpAnswer } from '../http/request.ts'
import type { GrantSource, ObjectRef, ObjectStore, PutRequest, ReadFrom } from '../sync/ports.ts'
import { asksForRest, beginOf, cannotGoOn, fromStart, rangeHeaders } from './range.ts'

export interface PresignedOptions {
  grants: GrantSource
  /** Milliseconds of silence after which a request ends. */
  silenceMs?: number
  proxyFor?: ProxyFor
}

/** How requests are sent. */
type Way = Required<Pick<PresignedOptions, 'silenceMs'>> & Pick<PresignedOptions, 'proxyFor'>

/** The slowest upload that is waited for, in bytes per millisecond: the server is silent until the whole body has arrived. */
const SLOWEST_UPLOAD = 16

/** What storages call an upload that did not arrive as it was sent; it may be sent again. */
const DAMAGED = /BadDigest|InvalidDigest|IncompleteBody|XAmzContentSHA256Mismatch|RequestTimeout|hashMismatch/

/**
 * Object storage over URLs that somebody else signs, so that the workstation needs no keys of the storage. A URL is asked for right before
 * it is used; one that has expired on the way is asked for once more.
 */
export function createPresignedStore(options: PresignedOptions): ObjectStore {
  const { grants, silenceMs = 30_000, proxyFor } = options
  const way: Way = { silenceMs, ...(proxyFor && { proxyFor }) }
  return {
    put: (request, signal) => put(grants, request, way, signal),
    get: (ref, signal, from) => get(grants, ref, way, signal, from),
  }
}

async function put(grants: GrantSource, request: PutRequest, way: Way, signal: AbortSignal): Promise<'stored' | 'existed'> {
  const { key, sha256, mediaType, bytes } = request
  const answer = await withFreshGrant(
    () => grants.grantUpload({ key, sha256, size: bytes.length, mediaType }, signal),
    // If-None-Match is sent even when the signer left it out of the grant: nothing stored is overwritten.
    (grant) => sendRequest({ method: 'PUT', url: grant.url, headers: { 'if-none-match': '*', ...grant.headers }, body: bytes, ...way, silenceMs: way.silenceMs + bytes.length / SLOWEST_UPLOAD }, signal),
  )
  try {
    if (answer.status === 412) return confirmSame(request, answer)
    if (answer.status === 400 && DAMAGED.test(await beginningOf(answer))) throw new RemoteError({ kind: 'corrupt' }, 'The object arrived damaged at the storage')
    throwUnlessOk(answer, request.key)
    return 'stored'
  } finally {
    answer.discard()
  }
}

async function* get(grants: GrantSource, ref: ObjectRef, way: Way, signal: AbortSignal, from?: ReadFrom): AsyncGenerator<Uint8Array> {
  const answer = await openObject(grants, ref, way, signal, from)
  try {
    const announced = answer.headers.get('content-length')
    let received = 0
    for await (const part of answer.body) {
      received += part.length
      yield part
    }
    if (announced !== null && received !== Number(announced)) throw new RemoteError({ kind: 'corrupt' }, `${ref.key} ended after ${received} of ${announced} bytes`)
  } finally {
    answer.discard()
  }
}

/** Asks for the rest of an object, or for all of it where the storage cannot go on from there. */
async function openObject(grants: GrantSource, ref: ObjectRef, way: Way, signal: AbortSignal, from?: ReadFrom): Promise<HttpAnswer> {
  const answer = await withFreshGrant(
    async () => oneGrant(await grants.grantDownload({ assetId: ref.assetId, keys: [ref.key] }, signal), ref),
    (grant) => sendRequest({ method: 'GET', url: grant.url, headers: { ...rangeHeaders(from), ...grant.headers }, ...way }, signal),
  )
  const told = { status: answer.status, contentRange: answer.headers.get('content-range'), etag: answer.headers.get('etag') }
  try {
    if (asksForRest(from) && cannotGoOn(told, from.offset)) {
      answer.discard()
      return await openObject(grants, ref, way, signal, fromStart(from))
    }
    throwUnlessOk(answer, ref.key)
    from?.onBegin(beginOf(told))
    return answer
  } catch (error) {
    answer.discard()
    throw error
  }
}

async function withFreshGrant(ask: () => Promise<Grant>, send: (grant: Grant) => Promise<HttpAnswer>): Promise<HttpAnswer> {
  const first = await send(await ask())
  if (!isRefusedGrant(first)) return first
  first.discard()
  const second = await send(await ask())
  if (!isRefusedGrant(second)) return second
  second.discard()
  throw new RemoteError({ kind: 'grantExpired' }, 'The storage does not accept the signed address')
}

function isRefusedGrant(answer: HttpAnswer): boolean {
  return (answer.status === 401 || answer.status === 403) && !isWebPage(answer.headers)
}

function oneGrant(granted: Grant[], ref: ObjectRef): Grant {
  const grant = granted.find((candidate) => candidate.key === ref.key)
  if (grant === undefined) throw new RemoteError({ kind: 'notFound' }, `There is no address for ${ref.key}`)
  return grant
}

async function beginningOf(answer: HttpAnswer): Promise<string> {
  for await (const part of answer.body) return Buffer.from(part.subarray(0, 4_000)).toString()
  return ''
}

function throwUnlessOk(answer: HttpAnswer, key: string): void {
  const { status, headers } = answer
  if (isWebPage(headers) || (status >= 300 && status < 400) || status === 511) throw new RemoteError({ kind: 'captivePortal' }, 'A page of the network came instead of an answer of the storage')
  if (status >= 200 && status < 300) return
  if (status === 404) throw new RemoteError({ kind: 'notFound' }, `The storage does not hold ${key}`)
  if (status === 429) throw new RemoteError({ kind: 'throttled' }, 'The storage asks to send less')
  if (status >= 500 || status === 408 || status === 409) throw new RemoteError({ kind: 'transient', status }, `The storage answered ${status}`)
  throw new RemoteError({ kind: 'refused', status, code: 'storage' }, `The storage refused ${key} (${status})`)
}

/**
 * The key is taken. A storage that tells the hash of what it holds decides; a plain S3 does not tell it, and a signed PUT cannot read. Then
 * a key that is itself the hash is trusted here, because the orchestrator reads the bytes before it gives a receipt.
 */
function confirmSame(request: PutRequest, answer: HttpAnswer): 'existed' {
  const told = answer.headers.get('x-amz-meta-sha256')
  const same = told === null ? request.key.endsWith(`/${request.sha256}`) : told === request.sha256
  if (same) return 'existed'
  throw new RemoteError({ kind: 'conflict', status: 412, code: 'otherBytes' }, `The storage holds other bytes under ${request.key}`)
}
