import { AbortMultipartUploadCommand, CreateBucketCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListPartsCommand, S3Client } from '@aws-sdk/client-s3'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createS3Store, type S3Options } from '../../../electron/engine/storage/s3.ts'
import { createUploadJournal } from '../../../electron/engine/storage/uploadJournal.ts'
import type { PutRequest } from '../../../electron/engine/sync/ports.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { prepareCeph, startCeph, type Ceph } from '../../ceph/ceph.ts'
import { createFaultProxy, type Fault, type FaultProxy } from '../../faults/faultProxy.ts'
import { failureOf, putRequest, readObject } from './describeObjectStore.ts'

const MIB = 2 ** 20
const availability = await prepareCeph()
const running = () => AbortSignal.timeout(30_000)
const title = availability.available ? 'uploads in parts on Ceph' : `uploads in parts on Ceph (skipped: ${availability.reason})`

let seed = 0
/** An object of three parts that nobody stored before. */
function largeRequest(): PutRequest {
  const bytes = Buffer.alloc(17 * MIB, 'x')
  bytes.writeUInt32LE(++seed)
  return putRequest(bytes)
}
const s3Error = (status: number, code: string): Fault => ({ kind: 'answer', status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>` })
const partNumberOf = (path: string) => Number(/partNumber=(\d+)/.exec(path)?.[1] ?? 0)
const isCompletion = (method: string, path: string) => method === 'POST' && path.includes('uploadId=')

describe.skipIf(!availability.available)(title, () => {
  let ceph: Ceph
  let client: S3Client
  let proxy: FaultProxy
  /** The numbers of the parts that were sent. */
  let sentParts: number[]
  /** What happens to a part, or to the completion (part 0). */
  let fates: Map<number, Fault[]>

  beforeAll(async () => {
    ceph = await startCeph()
    client = new S3Client({ endpoint: ceph.endpoint, region: ceph.region, credentials: ceph.credentials, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: 'labels' }))
    proxy = await createFaultProxy(ceph.endpoint)
  }, 120_000)
  afterAll(async () => {
    client?.destroy()
    await proxy?.close()
    await ceph?.stop()
  }, 30_000)
  beforeEach(() => {
    sentParts = []
    fates = new Map()
    proxy.decide = ({ method, path }) => {
      const number = method === 'PUT' ? partNumberOf(path) : 0
      if (number > 0) sentParts.push(number)
      const fate = number > 0 || isCompletion(method, path) ? fates.get(number)?.shift() : undefined
      return fate ?? { kind: 'pass' }
    }
  })

  /** A workstation's storage, which remembers uploads in `folder`. */
  const open = (folder: string, more: Partial<S3Options> = {}) => createS3Store({
    endpoint: proxy.origin, region: ceph.region, bucket: 'labels', prefix: 'team/', credentials: ceph.credentials, silenceMs: 10_000, uploads: createUploadJournal(folder), ...more,
  })
  const unfinished = async () => (await client.send(new ListMultipartUploadsCommand({ Bucket: 'labels' }))).Uploads ?? []
  const expectStored = async (request: PutRequest) => {
    expect(Buffer.compare(await readObject(open(temporaryFolder()), request.key, running()), Buffer.from(request.bytes))).toBe(0)
    expect(await unfinished()).toEqual([])
  }

  it('stores a large object in parts, tells how far it is, and leaves nothing behind', async () => {
    const folder = temporaryFolder()
    const request = largeRequest()
    const told: number[] = []
    expect(await open(folder).put({ ...request, onSent: (bytes) => told.push(bytes) }, running())).toBe('stored')
    expect([...sentParts].sort()).toEqual([1, 2, 3])
    expect(told.at(0)).toBe(0)
    expect(told.at(-1)).toBe(17 * MIB)
    await expectStored(request)
    expect(readdirSync(folder)).toEqual([])
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket: 'labels', Key: `team/${request.key}` }))
    expect(Metadata).toEqual({ sha256: request.sha256 })
  })

  it('sends nothing of what is there already', async () => {
    const request = largeRequest()
    await open(temporaryFolder()).put(request, running())
    sentParts = []
    expect(await open(temporaryFolder()).put(request, running())).toBe('existed')
    expect(sentParts).toEqual([])
  })

  it('sends after a restart only the parts that the server lacks', async () => {
    const folder = temporaryFolder()
    const request = largeRequest()
    // The others arrive while the server is silent about this one.
    fates.set(2, [{ kind: 'silence' }])
    expect(await failureOf(open(folder, { silenceMs: 4_000 }).put(request, running()))).toMatchObject({ kind: 'transient' })
    expect(await partsHeld(request)).toBe(2)
    sentParts = []
    expect(await open(folder).put(request, running())).toBe('stored')
    expect(sentParts).toEqual([2])
    await expectStored(request)
  })

  it('finds a part whose answer was lost on the server, and does not send it again', async () => {
    const folder = temporaryFolder()
    const request = largeRequest()
    fates.set(2, [{ kind: 'dropAfter' }])
    await failureOf(open(folder).put(request, running()))
    sentParts = []
    expect(await open(folder).put(request, running())).toBe('stored')
    expect(sentParts).not.toContain(2)
    await expectStored(request)
  })

  it('begins anew under the same key when the server has forgotten the upload', async () => {
    const folder = temporaryFolder()
    const request = largeRequest()
    fates.set(3, [{ kind: 'dropBefore' }])
    await failureOf(open(folder).put(request, running()))
    for (const { Key, UploadId } of await unfinished()) await client.send(new AbortMultipartUploadCommand({ Bucket: 'labels', Key, UploadId }))
    sentParts = []
    expect(await open(folder).put(request, running())).toBe('stored')
    expect([...sentParts].sort()).toEqual([1, 2, 3])
    await expectStored(request)
  })

  it('begins anew when the upload is forgotten between two parts', async () => {
    const request = largeRequest()
    fates.set(2, [s3Error(404, 'NoSuchUpload')])
    expect(await open(temporaryFolder()).put(request, running())).toBe('stored')
    await expectStored(request)
  })

  it('starts the upload again when its completion meets another one (409), once', async () => {
    const request = largeRequest()
    fates.set(0, [s3Error(409, 'ConditionalRequestConflict')])
    expect(await open(temporaryFolder()).put(request, running())).toBe('stored')
    expect([...sentParts].sort()).toEqual([1, 1, 2, 2, 3, 3])
    await expectStored(request)
    fates.set(0, [s3Error(409, 'ConditionalRequestConflict'), s3Error(409, 'ConditionalRequestConflict')])
    expect(await failureOf(open(temporaryFolder()).put(largeRequest(), running()))).toMatchObject({ kind: 'transient', status: 409 })
  })

  it('finds its own bytes after a completion whose answer was lost', async () => {
    const folder = temporaryFolder()
    const request = largeRequest()
    fates.set(0, [{ kind: 'dropAfter' }])
    expect(await failureOf(open(folder).put(request, running()))).toMatchObject({ kind: 'transient' })
    sentParts = []
    expect(await open(folder).put(request, running())).toBe('existed')
    expect(sentParts).toEqual([])
    await expectStored(request)
  })

  it('raises an alarm when other bytes lie under the key, and keeps those', async () => {
    const request = largeRequest()
    const store = open(temporaryFolder())
    await store.put(putRequest('first', request.key), running())
    expect(await failureOf(store.put(request, running()))).toMatchObject({ kind: 'conflict' })
    expect((await readObject(store, request.key)).toString()).toBe('first')
  })

  it('takes the word of a server that heeds the condition of the completion', async () => {
    const request = largeRequest()
    fates.set(0, [s3Error(412, 'PreconditionFailed')])
    expect(await failureOf(open(temporaryFolder()).put(request, running()))).toMatchObject({ kind: 'transient' })
    expect(await unfinished()).toEqual([])
  })

  it('signs again when the credentials end between two parts, and asks for new ones only then', async () => {
    const request = largeRequest()
    let asked = 0
    fates.set(2, [s3Error(400, 'ExpiredToken')])
    const credentials = async () => {
      asked += 1
      return ceph.credentials
    }
    expect(await open(temporaryFolder(), { credentials }).put(request, running())).toBe('stored')
    expect(asked).toBe(2)
    await expectStored(request)
  })

  it('pauses when the credentials stay expired, and goes on with the parts that are there', async () => {
    const folder = temporaryFolder()
    const request = largeRequest()
    fates.set(3, Array.from({ length: 2 }, () => s3Error(400, 'ExpiredToken')))
    expect(await failureOf(open(folder, { credentials: async () => ceph.credentials }).put(request, running()))).toEqual({ kind: 'unauthorized' })
    sentParts = []
    expect(await open(folder).put(request, running())).toBe('stored')
    expect(sentParts).toContain(3)
    await expectStored(request)
  })

  it.each(['', '{"uploadId":', '{"uploadId":"made up","sha256":"x"}'])('begins anew when its note says %j', async (note) => {
    const folder = temporaryFolder()
    const request = largeRequest()
    fates.set(2, [{ kind: 'dropBefore' }])
    await failureOf(open(folder).put(request, running()))
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), note)
    expect(await open(folder).put(request, running())).toBe('stored')
    for (const { Key, UploadId } of await unfinished()) await client.send(new AbortMultipartUploadCommand({ Bucket: 'labels', Key, UploadId }))
    await expectStored(request)
  })

  /** How many parts of an unfinished upload the server holds. */
  async function partsHeld({ key }: PutRequest): Promise<number> {
    const upload = (await unfinished()).find((one) => one.Key === `team/${key}`)
    const { Parts } = await client.send(new ListPartsCommand({ Bucket: 'labels', Key: upload?.Key, UploadId: upload?.UploadId }))
    return Parts?.length ?? 0
  }
})
