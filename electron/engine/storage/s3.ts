import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type GetObjectCommandOutput, type HeadObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import type { ObjectStore, PutRequest, ReadFrom } from '../sync/ports.ts'
import { asksForRest, beginOf, cannotGoOn, fromStart, rangeHeaders } from './range.ts'
import { putInParts } from './multipart.ts'
import { createS3Client, longestUploadMs, type S3Place } from './s3Client.ts'
import { s3Failure, statusOf } from './s3Failure.ts'
import type { UploadJournal } from './uploadJournal.ts'

export interface S3Options extends S3Place {
  bucket: string
  prefix: string
  /** Remembers uploads in parts; without one every object goes in one request. */
  uploads?: UploadJournal
}

/** From this size on, in bytes, an object is sent in parts, of which only the missing ones are sent again. */
const IN_PARTS_FROM = 16 * 1024 * 1024

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
    this.#options = options
    this.#host = options.endpoint === undefined ? 'S3' : new URL(options.endpoint).host
    this.#client = createS3Client(options)
  }

  async put(request: PutRequest, signal: AbortSignal): Promise<'stored' | 'existed'> {
    const { uploads } = this.#options
    try {
      const outcome = uploads !== undefined && request.bytes.length >= IN_PARTS_FROM ? await this.#putInParts(request, uploads, signal) : await this.#putWhole(request, signal)
      if (outcome === 'stored') return outcome
    } catch (error) {
      signal.throwIfAborted()
      throw s3Failure(error, this.#host)
    }
    return this.#confirmSame(request, signal)
  }

  async #putWhole(request: PutRequest, signal: AbortSignal): Promise<'stored' | 'taken'> {
    const command = new PutObjectCommand({
      ...this.#place(request.key),
      Body: request.bytes,
      ContentLength: request.bytes.length,
      ContentType: request.mediaType,
      IfNoneMatch: '*',
      Metadata: { sha256: request.sha256 },
      ChecksumSHA256: Buffer.from(request.sha256, 'hex').toString('base64'),
    })
    try {
      const answer = await this.#client.send(command, { abortSignal: signal, requestTimeout: longestUploadMs(request.bytes.length) })
      if (answer.ETag === undefined) throw new RemoteError({ kind: 'captivePortal' }, `${this.#host} did not answer as S3 does`)
      return 'stored'
    } catch (error) {
      if (statusOf(error) === 412) return 'taken'
      throw error
    }
  }

  async #putInParts(request: PutRequest, journal: UploadJournal, signal: AbortSignal): Promise<'stored' | 'taken'> {
    const isTaken = async (until: AbortSignal) => (await this.#head(request.key, until)) !== undefined
    if (await isTaken(signal)) return 'taken'
    return putInParts({ client: this.#client, journal, place: this.#place(request.key), isTaken }, request, signal)
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
    const head = await this.#head(request.key, signal)
    if (head === undefined) throw new RemoteError({ kind: 'transient' }, `${this.#host} does not hold ${request.key} any more`)
    if (head.ContentLength !== request.bytes.length) return 'another length'
    if (head.Metadata?.['sha256'] !== undefined) return head.Metadata['sha256']
    const hash = createHash('sha256')
    for await (const part of this.get(request.key, signal)) hash.update(part)
    return hash.digest('hex')
  }

  /** What the server says of an object; undefined when there is none. */
  async #head(key: ObjectKey, signal: AbortSignal): Promise<HeadObjectCommandOutput | undefined> {
    try {
      const answer = await this.#client.send(new HeadObjectCommand(this.#place(key)), { abortSignal: signal })
      if (answer.ETag === undefined) throw new RemoteError({ kind: 'captivePortal' }, `${this.#host} did not answer as S3 does`)
      return answer
    } catch (error) {
      signal.throwIfAborted()
      if (statusOf(error) === 404) return undefined
      throw s3Failure(error, this.#host)
    }
  }

  #place(key: ObjectKey): { Bucket: string; Key: string } {
    return { Bucket: this.#options.bucket, Key: this.#options.prefix + key }
  }

  #cutShort(received: number, announced: number | undefined, cause?: unknown): RemoteError {
    return new RemoteError({ kind: 'corrupt' }, `The object from ${this.#host} ended after ${received} of ${announced ?? 'unknown'} bytes`, { cause })
  }
}
