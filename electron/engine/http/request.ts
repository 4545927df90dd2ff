import type { ReadableStream } from 'node:stream/web'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { fetch, type RequestInit, type Response } from 'undici'
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
  // fetch would also read data: and blob: addresses.
  if (protocol !== 'https:' && protocol !== 'http:') throw new RemoteError({ kind: 'refused', status: 0, code: 'badAddress' }, `Not a web address: ${protocol}`)
  const watch = new SilenceWatch(signal, request.silenceMs)
  try {
    watch.start()
    const dispatcher = await dispatcherFor(request.url, request.proxyFor)
    const response = await fetch(request.url, {
      method: request.method,
      headers: { 'accept-encoding': 'identity', ...request.headers },
      body: request.body as RequestInit['body'],
      redirect: 'manual',
      signal: watch.signal,
      ...(dispatcher && { dispatcher }),
    })
    watch.pause()
    const discard = () => watch.end()
    return { status: response.status, headers: response.headers, body: bodyOf(response, watch, host), discard }
  } catch (error) {
    watch.end()
    throw watch.reasonFor(error, host)
  }
}

/** The whole body. @throws RemoteError corrupt when it is longer than `limit` bytes. */
export async function readAll(answer: HttpAnswer, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body) {
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

async function* bodyOf(response: Response, watch: SilenceWatch, host: string): AsyncGenerator<Uint8Array> {
  const announced = response.headers.get('content-length') ?? 'unknown'
  let received = 0
  try {
    if (response.body === null) return
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (;;) {
      watch.start()
      const { done, value } = await reader.read()
      watch.pause()
      if (done) return
      received += value.length
      yield value
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
