import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, type GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import type { ObjectStore, PutRequest, ReadFrom } from '../sync/ports.ts'
import { asksForRest, beginOf, cannotGoOn, fromStart, rangeHeaders } from './range.ts'
import { s3Failure, statusOf } from './s3Failure.ts'

/**
 * Where the objects are. `endpoint` names any server that speaks S3 (then the bucket is part of the path, not of the host name).
 * Without `credentials` the usual chain of the AWS SDK applies: environment, profile, instance.
 */
export interface S3Options {
  endpoint?: string
  region: string
  bucket: string
  prefix: string
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  /** Milliseconds of silence after which a request ends. */
  silenceMs?: number
}

/** Object storage over S3. The hash of each object is kept as its metadata `sha256`, by which a second put knows its own bytes. */
export function createS3Store(options: S3Options): ObjectStore {
  const s3 = new Bucket(options)
  return { put: (request, signal) => s3.put(request, signal), get: (ref, signal, from) => s3.get(ref.key, signal, from) }
}

class Bucket {
  readonly #client: S3Client
  readonly #options: S3Options
  readonly #host: string

  constructor(options: S3Options) {
    const silenceMs = options.silenceMs ?? 30_000
    this.#options = options
    this.#host = options.endpoint === undefined ? 'S3' : new URL(options.endpoint).host
    this.#client = new S3Client({
      region: options.region,
      endpoint: options.endpoint,
      forcePathStyle: options.endpoint !== undefined,
      credentials: options.credentials,
      // Sync tries again, and two layers of retries multiply.
      maxAttempts: 1,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // Without these the SDK waits for ever.
      requestHandler: { connectionTimeout: Math.min(10_000, silenceMs), socketTimeout: silenceMs, requestTimeout: 10 * silenceMs, throwOnRequestTimeout: true },
    })
  }

  async put(request: PutRequest, signal: AbortSignal): Promise<'stored' | 'existed'> {
    try {
      const answer = await this.#client.send(new PutObjectCommand({
        ...this.#place(request.key),
        Body: request.bytes,
        ContentLength: request.bytes.length,
        ContentType: request.mediaType,
        IfNoneMatch: '*',
        Metadata: { sha256: request.sha256 },
        ChecksumSHA256: Buffer.from(request.sha256, 'hex').toString('base64'),
      }), { abortSignal: signal })
      if (answer.ETag === undefined) throw new RemoteError({ kind: 'captivePortal' }, `${this.#host} did not answer as S3 does`)
      return 'stored'
    } catch (error) {
      signal.throwIfAborted()
      if (statusOf(error) !== 412) throw s3Failure(error, this.#host)
    }
    return this.#confirmSame(request, signal)
  }

  async *get(key: ObjectKey, signal: AbortSignal, from?: ReadFrom): AsyncGenerator<Uint8Array> {
    const answer = await this.#open(key, signal, from)
    let received = 0
    try {
      for await (const part of answer.Body as AsyncIterable<Uint8Array>) {
        received += part.length
        yield part
      }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof Error && error.name === 'TimeoutError') throw s3Failure(error, this.#host)
      throw this.#cutShort(received, answer.ContentLength, error)
    }
    if (answer.ContentLength !== undefined && received !== answer.ContentLength) throw this.#cutShort(received, answer.ContentLength)
  }

  /** Asks for the rest of an object, or for all of it where the server cannot go on from there. */
  async #open(key: ObjectKey, signal: AbortSignal, from?: ReadFrom): Promise<GetObjectCommandOutput> {
    const { range, 'if-match': match } = rangeHeaders(from)
    try {
      const answer = await this.#client.send(new GetObjectCommand({ ...this.#place(key), Range: range, IfMatch: match }), { abortSignal: signal })
      const told = { status: answer.$metadata.httpStatusCode ?? 0, contentRange: answer.ContentRange ?? null, etag: answer.ETag ?? null }
      const isOther = asksForRest(from) && cannotGoOn(told, from.offset)
      if (told.etag === null || isOther) (answer.Body as Readable).destroy()
      if (told.etag === null) throw new RemoteError({ kind: 'captivePortal' }, `${this.#host} did not answer as S3 does`)
      if (isOther) return await this.#open(key, signal, fromStart(from))
      from?.onBegin(beginOf(told))
      return answer
    } catch (error) {
      signal.throwIfAborted()
      const told = { status: statusOf(error) ?? 0, contentRange: null, etag: null }
      if (asksForRest(from) && cannotGoOn(told, from.offset)) return this.#open(key, signal, fromStart(from))
      throw s3Failure(error, this.#host)
    }
  }

  /** The key is taken: by the same bytes, as after an answer that was lost, or by others, which must never be. */
  async #confirmSame(request: PutRequest, signal: AbortSignal): Promise<'existed'> {
    if ((await this.#storedHash(request, signal)) === request.sha256) return 'existed'
    throw new RemoteError({ kind: 'conflict', status: 412, code: 'otherBytes' }, `${this.#host} holds other bytes under ${request.key}`)
  }

  async #storedHash(request: PutRequest, signal: AbortSignal): Promise<string> {
    try {
      const head = await this.#client.send(new HeadObjectCommand(this.#place(request.key)), { abortSignal: signal })
      if (head.ContentLength !== request.bytes.length) return 'another length'
      if (head.Metadata?.['sha256'] !== undefined) return head.Metadata['sha256']
    } catch (error) {
      signal.throwIfAborted()
      throw s3Failure(error, this.#host)
    }
    const hash = createHash('sha256')
    for await (const part of this.get(request.key, signal)) hash.update(part)
    return hash.digest('hex')
  }

  #place(key: ObjectKey): { Bucket: string; Key: string } {
    return { Bucket: this.#options.bucket, Key: this.#options.prefix + key }
  }

  #cutShort(received: number, announced: number | undefined, cause?: unknown): RemoteError {
    return new RemoteError({ kind: 'corrupt' }, `The object from ${this.#host} ended after ${received} of ${announced ?? 'unknown'} bytes`, { cause })
  }
}
