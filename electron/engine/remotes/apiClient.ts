import type { z } from 'zod'
import { ENDPOINTS, type EndpointName } from '../../../shared/api/endpoints.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ProxyFor } from '../http/proxies.ts'
import { gzipped, plainBody } from '../http/gzip.ts'
import { readAll, sendRequest } from '../http/request.ts'
import type { Clock } from '../sync/ports.ts'
import { apiFailure, type ReadAnswer } from './apiFailure.ts'

/** Where the bearer token comes from. */
export interface TokenSource {
  get(): Promise<string>
  /** Called once when the orchestrator does not accept the token. The new one, or undefined when there is none to be had. */
  refresh(signal: AbortSignal): Promise<string | undefined>
}

export interface ApiOptions {
  /** The orchestrator's address, with or without a path. */
  baseUrl: string
  tokens: TokenSource
  clock: Clock
  /** Milliseconds of silence after which a request ends. */
  silenceMs?: number
  proxyFor?: ProxyFor
}

export interface ApiInput {
  params?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
  /** The same key makes the orchestrator do the work once. */
  idempotencyKey?: string
}

export type AnswerOf<E extends EndpointName> = z.output<(typeof ENDPOINTS)[E]['response']>

export interface ApiClient {
  /** @throws RemoteError for everything but the promised answer. */
  call<E extends EndpointName>(endpoint: E, input: ApiInput, signal: AbortSignal): Promise<AnswerOf<E>>
  /** As `call`, with the answer held against `schema` instead: for one whose parts are judged each on its own. */
  read<T>(endpoint: EndpointName, schema: z.ZodType<T>, input: ApiInput, signal: AbortSignal): Promise<T>
  /** Milliseconds to add to the local clock to get the orchestrator's (± 0.5 s); 0 before its first answer. */
  clockOffsetMs(): number
}

/** From this length on a body is sent compressed. */
const WORTH_COMPRESSING = 4096
/** What a server says that does not read compressed bodies (RFC 9110, 15.5.16). */
const UNSUPPORTED_MEDIA_TYPE = 415
/** A page of 1000 changes with large predictions is the longest answer. */
const ANSWER_LIMIT_BYTES = 64 * 1024 * 1024

/** Calls the endpoints of the orchestration API, typed and validated by their one definition. */
export function createApiClient(options: ApiOptions): ApiClient {
  const base = options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`
  const { host } = new URL(base)
  let clockOffset = 0
  let readsGzip = true

  async function send(endpoint: EndpointName, input: ApiInput, token: string, signal: AbortSignal): Promise<ReadAnswer> {
    const json = input.body === undefined ? undefined : JSON.stringify(input.body)
    const isCompressed = readsGzip && json !== undefined && json.length >= WORTH_COMPRESSING
    const body = isCompressed ? await gzipped(json) : json
    const before = options.clock.now()
    const answer = await sendRequest({
      method: ENDPOINTS[endpoint].method,
      url: urlOf(base, ENDPOINTS[endpoint].path, input),
      headers: { ...headersOf(input, token), ...(isCompressed && { 'content-encoding': 'gzip' }) },
      body,
      silenceMs: options.silenceMs ?? 30_000,
      ...(options.proxyFor && { proxyFor: options.proxyFor }),
    }, signal)
    try {
      const told = Date.parse(answer.headers.get('date') ?? '')
      // The header counts whole seconds; half a second is its mean error.
      if (Number.isFinite(told)) clockOffset = Math.round(told + 500 - (before + options.clock.now()) / 2)
      if (isCompressed && answer.status === UNSUPPORTED_MEDIA_TYPE) {
        readsGzip = false
        return await send(endpoint, input, token, signal)
      }
      const text = Buffer.from(await readAll(plainBody(answer), ANSWER_LIMIT_BYTES)).toString()
      return { status: answer.status, headers: answer.headers, text }
    } finally {
      answer.discard()
    }
  }

  async function read<T>(endpoint: EndpointName, schema: z.ZodType<T>, input: ApiInput, signal: AbortSignal): Promise<T> {
    let answer = await send(endpoint, input, await options.tokens.get(), signal)
    if (answer.status === 401) {
      const token = await options.tokens.refresh(signal)
      if (token !== undefined) answer = await send(endpoint, input, token, signal)
    }
    return parseAnswer(endpoint, schema, answer, host, options.clock.now())
  }

  return {
    clockOffsetMs: () => clockOffset,
    read,
    call: <E extends EndpointName>(endpoint: E, input: ApiInput, signal: AbortSignal) =>
      read<AnswerOf<E>>(endpoint, ENDPOINTS[endpoint].response as z.ZodType<AnswerOf<E>>, input, signal),
  }
}

function parseAnswer<T>(endpoint: EndpointName, schema: z.ZodType<T>, answer: ReadAnswer, host: string, now: number): T {
  const isJson = (answer.headers.get('content-type') ?? '').startsWith('application/json')
  if (answer.status < 200 || answer.status >= 300 || !isJson) throw apiFailure(answer, host, now)
  const parsed = schema.safeParse(jsonOf(answer.text, host))
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new RemoteError({ kind: 'corrupt' }, `The answer of ${host} to ${endpoint} is not as agreed (${place})`, { cause: parsed.error })
}

function jsonOf(text: string, host: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RemoteError({ kind: 'corrupt' }, `The answer of ${host} is not JSON`, { cause: error })
  }
}

function urlOf(base: string, path: string, input: ApiInput): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''))
  const url = new URL(filled.slice(1), base)
  for (const [name, value] of Object.entries(input.query ?? {})) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

function headersOf(input: ApiInput, token: string): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    authorization: `Bearer ${token}`,
    ...(input.body !== undefined && { 'content-type': 'application/json' }),
    ...(input.idempotencyKey !== undefined && { 'idempotency-key': input.idempotencyKey }),
  }
}
