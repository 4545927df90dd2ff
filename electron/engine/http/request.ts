import { RemoteError } from '../../../shared/api/remoteError.ts'
import { request as httpRequest, type Dispatcher } from 'undici'
import { networkFailure } from './networkFailure.ts'
import type { ProxyFor } from './proxies.ts'
import { dispatcherFor } from './proxyAgents.ts'

export interface HttpRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: Uint8Array | string
  /** How long the other side may be silent, in milliseconds, before the headers and between two parts of the body. */
  silenceMs: number
  /** Finds the proxy of the address; without it the address is reached directly. */
  proxyFor?: ProxyFor
}

export interface AnswerHeaders { get(name: string): string | null; has(name: string): boolean }

/** An answer whose body has not been read yet. Read the body to its end or call `discard`, else the connection stays busy. */
export interface HttpAnswer {
  status: number
  headers: AnswerHeaders
  body: AsyncIterable<Uint8Array>
  discard(): void
}

/**
 * Sends one request: no redirects are followed (a sign-in page of a network sends one), nothing is tried again, and silence ends it.
 * @throws RemoteError offline or transient; corrupt when the body is cut short. The signal's reason when it was aborted.
 */
export async function sendRequest(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  signal.throwIfAborted()
  const { host, protocol } = new URL(request.url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new RemoteError({ kind: 'refused', status: 0, code: 'badAddress' }, `Not a web address: ${protocol}`)
  const watch = new SilenceWatch(signal, request.silenceMs)
  try {
    watch.start()
    const dispatcher = await dispatcherFor(request.url, request.proxyFor)
    // Not by fetch, whose streams cost several times as much for each of the thousands of small requests that a queue takes.
    const response = await httpRequest(request.url, {
      method: request.method,
      headers: { 'accept-encoding': 'identity', ...request.headers },
      body: request.body ?? null,
      // Silence is watched here, for as long as each request may take.
      headersTimeout: 0,
      bodyTimeout: 0,
      signal: watch.signal,
      ...(dispatcher && { dispatcher }),
    })
    watch.pause()
    const discard = () => watch.end()
    const headers = headersOf(response)
    return { status: response.statusCode, headers, body: bodyOf(response, headers, watch, host), discard }
  } catch (error) {
    watch.end()
    throw watch.reasonFor(error, host)
  }
}

/** All of a body. @throws RemoteError corrupt when it is longer than `limit` bytes. */
export async function readAll(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    parts.push(part)
    length += part.length
    if (length > limit) throw new RemoteError({ kind: 'corrupt' }, `The answer is longer than ${limit} bytes`)
  }
  return Buffer.concat(parts, length)
}

/** Whether a page for people came where data were expected, as networks with a sign-in page send it. */
export function isWebPage(headers: AnswerHeaders): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '')
}

function headersOf({ headers }: Dispatcher.ResponseData): AnswerHeaders {
  return {
    get(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    },
    has: (name) => headers[name] !== undefined,
  }
}

async function* bodyOf({ body }: Dispatcher.ResponseData, headers: AnswerHeaders, watch: SilenceWatch, host: string): AsyncGenerator<Uint8Array> {
  const announced = headers.get('content-length') ?? 'unknown'
  let received = 0
  try {
    const parts: AsyncIterator<Uint8Array, undefined> = (body as AsyncIterable<Uint8Array, undefined>)[Symbol.asyncIterator]()
    for (;;) {
      watch.start()
      const next = await parts.next()
      watch.pause()
      if (next.done === true) return
      received += next.value.length
      yield next.value
    }
  } catch (error) {
    if (watch.signal.aborted) throw watch.reasonFor(error, host)
    throw new RemoteError({ kind: 'corrupt' }, `The answer of ${host} ended after ${received} of ${announced} bytes`, { cause: error })
  } finally {
    watch.end()
  }
}

/** Made once: without a reason, every end of a request would make an error with a stack of its own. */
const ENDED = new Error('The request has ended')

/** Aborts a request when the caller does or when the other side is silent for too long. Time that the caller takes does not count. */
class SilenceWatch {
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal
  readonly #silenceMs: number
  readonly #onOuterAbort = () => this.#controller.abort(this.#outer.reason)
  #timer: NodeJS.Timeout | undefined
  #silent = false

  constructor(outer: AbortSignal, silenceMs: number) {
    this.#outer = outer
    this.#silenceMs = silenceMs
    outer.addEventListener('abort', this.#onOuterAbort, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#silent = true
      this.#controller.abort()
    }, this.#silenceMs)
  }

  pause(): void {
    clearTimeout(this.#timer)
  }

  /** Frees the connection. A body that was read to its end is not touched by this. */
  end(): void {
    this.pause()
    this.#outer.removeEventListener('abort', this.#onOuterAbort)
    this.#controller.abort(ENDED)
  }

  reasonFor(error: unknown, host: string): unknown {
    if (this.#outer.aborted) return this.#outer.reason
    if (this.#silent) return new RemoteError({ kind: 'transient' }, `${host} was silent for ${this.#silenceMs / 1000} s`, { cause: error })
    return networkFailure(error, host)
  }
}
