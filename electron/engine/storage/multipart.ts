import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, ListPartsCommand, UploadPartCommand, type Part, type S3Client,
} from '@aws-sdk/client-s3'
import { createHash } from 'node:crypto'
import PQueue from 'p-queue'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { PutRequest } from '../sync/ports.ts'
import { longestUploadMs } from './s3Client.ts'
import type { StartedUpload, UploadJournal } from './uploadJournal.ts'
import { statusOf } from './s3Failure.ts'

/** Bytes of a part. S3 wants 5 MiB at least and takes 10,000 parts, which makes 80 GiB. */
const PART_BYTES = 8 * 1024 * 1024
const PARALLEL_PARTS = 3

export interface MultipartPorts {
  client: S3Client
  journal: UploadJournal
  /** Where the object is to be. */
  place: { Bucket: string; Key: string }
  /** Whether there is an object at the place. */
  isTaken: (signal: AbortSignal) => Promise<boolean>
}

/**
 * Stores an object in parts, and goes on with an upload that an earlier attempt began. An upload that the server does not know any more, or refuses to
 * complete because another one is under way (409), is begun anew once.
 * @returns 'taken' when there is an object at the place: that of a completion whose answer was lost, or of somebody else. @throws what the SDK throws.
 */
export async function putInParts(ports: MultipartPorts, request: PutRequest, signal: AbortSignal): Promise<'stored' | 'taken'> {
  const { journal } = ports
  const name = nameOf(ports)
  for (let attempt = 1; ; attempt++) {
    const upload = (await goOn(ports, request, signal)) ?? (await begin(ports, request, signal))
    try {
      await sendMissing(ports, request, upload, signal)
      // Not every server heeds the condition of the completion.
      const outcome = (await ports.isTaken(signal)) ? 'taken' : await complete(ports, upload, signal)
      await journal.forget(name)
      if (outcome === 'taken') await giveUp(ports, upload)
      return outcome
    } catch (error) {
      signal.throwIfAborted()
      if (!beginsAnew(error)) throw error
      await journal.forget(name)
      await giveUp(ports, upload)
      // The server may have completed it, and only its answer was lost.
      if (await ports.isTaken(signal)) return 'taken'
      if (attempt > 1) throw error
    }
  }
}

/** The upload of an earlier attempt with those of its parts that the server really has, each with the bytes that are to be sent. */
async function goOn(ports: MultipartPorts, request: PutRequest, signal: AbortSignal): Promise<StartedUpload | undefined> {
  const started = await ports.journal.find(nameOf(ports))
  if (started?.sha256 !== request.sha256) return undefined
  const known = new Map(started.parts.map(({ number, etag }) => [number, etag]))
  const parts: StartedUpload['parts'] = []
  try {
    for (const { PartNumber: number = 0, ETag: etag = '', Size: size } of await listParts(ports, started.uploadId, signal)) {
      const bytes = partOf(request.bytes, number, started.partBytes)
      if (size === bytes.length && (known.get(number) === etag || isMd5Of(bytes, etag))) parts.push({ number, etag })
    }
    return { ...started, parts }
  } catch (error) {
    signal.throwIfAborted()
    if (!isUnknownUpload(error)) throw error
    await ports.journal.forget(nameOf(ports))
    return undefined
  }
}

/** The SDK's own paginator does not end where a server names a next part after the last one, as Ceph does. */
async function listParts({ client, place }: MultipartPorts, uploadId: string, signal: AbortSignal): Promise<Part[]> {
  const parts: Part[] = []
  for (let after: string | undefined, isLast = false; !isLast;) {
    const page = await client.send(new ListPartsCommand({ ...place, UploadId: uploadId, PartNumberMarker: after }), { abortSignal: signal })
    parts.push(...(page.Parts ?? []))
    after = page.NextPartNumberMarker
    isLast = page.IsTruncated !== true
  }
  return parts
}

async function begin(ports: MultipartPorts, { mediaType, sha256 }: PutRequest, signal: AbortSignal): Promise<StartedUpload> {
  const { UploadId } = await ports.client.send(new CreateMultipartUploadCommand({ ...ports.place, ContentType: mediaType, Metadata: { sha256 } }), { abortSignal: signal })
  if (UploadId === undefined) throw new RemoteError({ kind: 'captivePortal' }, 'The storage did not answer as S3 does')
  const upload: StartedUpload = { uploadId: UploadId, sha256, partBytes: PART_BYTES, parts: [] }
  await ports.journal.save(nameOf(ports), upload)
  return upload
}

/** Sends the parts that the server lacks, several at a time, and writes down each one that it confirmed. */
async function sendMissing(ports: MultipartPorts, { bytes, onSent }: PutRequest, upload: StartedUpload, signal: AbortSignal): Promise<void> {
  const there = new Set(upload.parts.map(({ number }) => number))
  const missing = Array.from({ length: Math.ceil(bytes.length / upload.partBytes) }, (_, index) => index + 1).filter((number) => !there.has(number))
  let sent = bytes.length - missing.reduce((sum, number) => sum + partOf(bytes, number, upload.partBytes).length, 0)
  onSent?.(sent)
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const limits = { abortSignal: either, requestTimeout: longestUploadMs(PARALLEL_PARTS * upload.partBytes) }
  const queue = new PQueue({ concurrency: PARALLEL_PARTS })
  const writes = new PQueue({ concurrency: 1 })
  try {
    await queue.addAll(missing.map((number) => async () => {
      either.throwIfAborted()
      const part = partOf(bytes, number, upload.partBytes)
      const { ETag: etag } = await ports.client.send(new UploadPartCommand({ ...ports.place, UploadId: upload.uploadId, PartNumber: number, Body: part, ContentLength: part.length }), limits)
      if (etag === undefined) throw new RemoteError({ kind: 'captivePortal' }, 'The storage did not answer as S3 does')
      upload.parts.push({ number, etag })
      onSent?.((sent += part.length))
      await writes.add(() => ports.journal.save(nameOf(ports), upload))
    }))
  } finally {
    queue.clear()
    stop.abort()
    await queue.onIdle()
    await writes.onIdle()
  }
}

async function complete(ports: MultipartPorts, { uploadId, parts }: StartedUpload, signal: AbortSignal): Promise<'stored' | 'taken'> {
  const Parts = [...parts].sort((one, other) => one.number - other.number).map(({ number, etag }) => ({ PartNumber: number, ETag: etag }))
  try {
    await ports.client.send(new CompleteMultipartUploadCommand({ ...ports.place, UploadId: uploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' }), { abortSignal: signal })
    return 'stored'
  } catch (error) {
    signal.throwIfAborted()
    if (statusOf(error) === 412) return 'taken'
    throw error
  }
}

/** Frees what the server holds of an upload. When that fails, the bucket's rule for unfinished uploads does it. */
async function giveUp(ports: MultipartPorts, { uploadId }: StartedUpload): Promise<void> {
  await ports.client.send(new AbortMultipartUploadCommand({ ...ports.place, UploadId: uploadId })).catch(() => undefined)
}

function beginsAnew(error: unknown): boolean {
  return isUnknownUpload(error) || statusOf(error) === 409 || (error instanceof Error && /^InvalidPart/.test(error.name))
}

/** Ceph says of parts that it does not know that there is no such key. */
function isUnknownUpload(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchUpload' || error.name === 'NoSuchKey')
}

function partOf(bytes: Uint8Array, number: number, partBytes: number): Uint8Array {
  return bytes.subarray((number - 1) * partBytes, number * partBytes)
}

/** Where a server encrypts with keys of its own, an entity tag is something else: then the part is known by what was written down. */
function isMd5Of(bytes: Uint8Array, etag: string): boolean {
  return etag.replaceAll('"', '') === createHash('md5').update(bytes).digest('hex')
}

function nameOf({ place }: MultipartPorts): string {
  return `${place.Bucket}/${place.Key}`
}
