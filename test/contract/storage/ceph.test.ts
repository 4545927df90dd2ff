import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createPresignedStore } from '../../../electron/engine/storage/presignedHttp.ts'
import { createS3Store, type S3Options } from '../../../electron/engine/storage/s3.ts'
import type { GrantSource } from '../../../electron/engine/sync/ports.ts'
import { GrantSchema, type Grant } from '../../../shared/api/messages.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { prepareCeph, startCeph, type Ceph } from '../../ceph/ceph.ts'
import { createFaultProxy } from '../../faults/faultProxy.ts'
import { describeObjectStore, failureOf, putRequest, readObject } from './describeObjectStore.ts'

const availability = await prepareCeph()
const running = () => AbortSignal.timeout(10_000)
const title = availability.available ? 'storage on Ceph' : `storage on Ceph (skipped: ${availability.reason})`

describe.skipIf(!availability.available)(title, () => {
  let ceph: Ceph
  let client: S3Client
  const options = (more: Partial<S3Options> = {}): S3Options => ({ endpoint: ceph.endpoint, region: ceph.region, bucket: 'labels', prefix: '', credentials: ceph.credentials, silenceMs: 10_000, ...more })

  beforeAll(async () => {
    ceph = await startCeph()
    client = new S3Client({ endpoint: ceph.endpoint, region: ceph.region, credentials: ceph.credentials, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' })
    await client.send(new CreateBucketCommand({ Bucket: 'labels' }))
  }, 120_000)
  afterAll(async () => {
    client?.destroy()
    await ceph?.stop()
  }, 30_000)

  describeObjectStore('s3 on Ceph', async () => ({ store: createS3Store(options({ prefix: 'team a/' })), close: async () => undefined }))

  describeObjectStore('presigned http on Ceph', async () => ({ store: createPresignedStore({ grants: presigner(client) }), close: async () => undefined }), { tellsHash: false })

  it('reads an object that it did not write to learn its hash', async () => {
    const mine = putRequest('same bytes', 'foreign/same')
    for (const [key, body] of [['foreign/same', 'same bytes'], ['foreign/other', 'diff bytes']]) {
      await client.send(new PutObjectCommand({ Bucket: 'labels', Key: key, Body: body }))
    }
    const store = createS3Store(options())
    expect(await store.put(mine, running())).toBe('existed')
    expect(await failureOf(store.put({ ...mine, key: putRequest('', 'foreign/other').key }, running()))).toMatchObject({ kind: 'conflict' })
  })

  it('says that wrong keys are not accepted', async () => {
    const store = createS3Store(options({ credentials: { ...ceph.credentials, secretAccessKey: 'wrong' } }))
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual({ kind: 'unauthorized' })
    expect(await failureOf(readObject(store, 'a'))).toEqual({ kind: 'unauthorized' })
  })

  it('waits for a bucket that is missing instead of giving the work up', async () => {
    expect(await failureOf(createS3Store(options({ bucket: 'nowhere' })).put(putRequest('x'), running()))).toMatchObject({ kind: 'transient' })
  })

  it('takes its keys from the environment when it is given none', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', ceph.credentials.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', ceph.credentials.secretAccessKey)
    expect(await createS3Store(options({ credentials: undefined })).put(putRequest('by environment'), running())).toBe('stored')
    vi.unstubAllEnvs()
  })

  it('assumes the role that a profile names, when it is given no keys', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'config'), ['[profile annotator]', 'role_arn = arn:aws:iam:::role/annotator', 'source_profile = base', `region = ${ceph.region}`].join('\n'))
    writeFileSync(join(folder, 'credentials'), ['[base]', `aws_access_key_id = ${ceph.credentials.accessKeyId}`, `aws_secret_access_key = ${ceph.credentials.secretAccessKey}`].join('\n'))
    const environment = { AWS_PROFILE: 'annotator', AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'), AWS_ENDPOINT_URL_STS: ceph.endpoint }
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    try {
      const store = createS3Store(options({ credentials: undefined }))
      expect(await store.put(putRequest('by an assumed role'), running())).toBe('stored')
      vi.stubEnv('AWS_PROFILE', 'nobody')
      expect(await failureOf(createS3Store(options({ credentials: undefined })).put(putRequest('x'), running()))).toEqual({ kind: 'unauthorized' })
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('finds its own bytes after an answer that was lost, and notices one that was cut short', async () => {
    const proxy = await createFaultProxy(ceph.endpoint)
    const store = createS3Store(options({ endpoint: proxy.origin }))
    const request = putRequest(Buffer.alloc(300_000, 'y'))
    proxy.decide = () => ({ kind: 'dropAfter' })
    expect(await failureOf(store.put(request, running()))).toMatchObject({ kind: 'transient' })
    proxy.decide = () => ({ kind: 'truncate' })
    expect(await failureOf(readObject(store, request.key))).toEqual({ kind: 'corrupt' })
    proxy.decide = () => ({ kind: 'pass' })
    expect(await store.put(request, running())).toBe('existed')
    await proxy.close()
  })
})

/** Signs addresses as an orchestrator with a bucket does. */
function presigner(client: S3Client): GrantSource {
  const grant = async (method: 'GET' | 'PUT', key: string, headers: Record<string, string>): Promise<Grant> => {
    const place = { Bucket: 'labels', Key: key }
    const command = method === 'PUT' ? new PutObjectCommand({ ...place, IfNoneMatch: '*', ContentType: headers['content-type'] }) : new GetObjectCommand(place)
    const url = await getSignedUrl(client, command, { expiresIn: 60, signableHeaders: new Set(['host', 'content-type', 'if-none-match']) })
    return GrantSchema.parse({ key, method, url, headers, expiresAt: new Date(Date.now() + 60_000).toISOString() })
  }
  return {
    grantUpload: (request) => grant('PUT', request.key, { 'content-type': request.mediaType, 'if-none-match': '*' }),
    grantDownload: (request) => Promise.all(request.keys.map((key) => grant('GET', key, {}))),
  }
}
