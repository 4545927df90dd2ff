import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SUBMISSION_MEDIA_TYPE, submissionObjectKey } from '../../../shared/api/messages.ts'
import { objectKeyOf } from '../../../shared/domain/asset.ts'
import { commitOf } from '../../builders/revision.ts'
import { createS3Store } from '../../../electron/engine/storage/s3.ts'
import { prepareCeph, startCeph } from '../../ceph/ceph.ts'
import type { Ceph } from '../../ceph/ceph.ts'
import { s3FromEnvironment } from '../../orchestrator/objects/s3Objects.ts'
import type { S3Settings } from '../../orchestrator/objects/s3Objects.ts'
import { putRequest } from '../storage/describeObjectStore.ts'
import { aTaskFor, openLab, submitWork, upload, workOn } from './lab.ts'
import type { Lab } from './lab.ts'

const ceph = await prepareCeph()
const name = ceph.available ? 'the orchestrator over S3' : `the orchestrator over S3 (skipped: ${ceph.reason})`
/** Ceph's first bucket alone takes seconds. */
const START = 120_000

describe.skipIf(!ceph.available)(name, () => {
  let server: Ceph
  let lab: Lab
  const settings = (workstations: S3Settings['workstations']): S3Settings =>
    ({ endpoint: server.endpoint, region: server.region, bucket: 'fieldmark-test', prefix: 'here/', workstations, ...server.credentials })

  beforeAll(async () => {
    server = await startCeph()
    lab = await openLab({ s3: settings('presigned') })
  }, START)
  afterAll(async () => {
    await lab.close()
    await server.stop()
  }, START)

  test('grants the bucket\'s own presigned URLs, and commits what was uploaded', async () => {
    const { ada } = lab
    expect((await ada.client.ok('me')).storage).toEqual({ kind: 'presigned' })
    const place = await aTaskFor(lab, ada)
    const work = workOn(place, ada)
    expect(await ada.client.problem('submit', { body: commitOf(work, 1) })).toMatchObject({ status: 409, code: 'blobMissing' })
    const receipt = await submitWork(ada, work, 1)
    expect(receipt.sha256).toBe(work.sha256)
    expect(await upload(ada, work)).toBe(412)
  })

  test('a grant is bound to its headers: without the refusal to overwrite it is worth nothing', async () => {
    const bytes = Buffer.from(randomUUID())
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const grant = await lab.ada.client.ok('grantUpload', { body: { key: submissionObjectKey(sha256), sha256, size: bytes.length, mediaType: SUBMISSION_MEDIA_TYPE } })
    expect(grant.url.startsWith(server.endpoint)).toBe(true)
    const { 'if-none-match': _condition, ...headers } = grant.headers
    const answer = await fetch(grant.url, { method: 'PUT', headers, body: new Uint8Array(bytes) })
    expect(answer.status).toBe(403)
  })

  test('images download by presigned URLs', async () => {
    const { asset } = await aTaskFor(lab, lab.ada)
    const { grants } = await lab.ada.client.ok('grantDownload', { body: { assetId: asset.id, keys: [objectKeyOf(asset.uri)] } })
    const answer = await fetch(grants[0]?.url ?? '')
    expect(createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex')).toBe(asset.sha256)
  })

  test('workstations may get temporary keys, which the bucket accepts, and nobody else gets any', async () => {
    const own = await openLab({ s3: { ...settings('session'), roleArn: server.roleArn } })
    expect((await own.ada.client.ok('me')).storage).toMatchObject({ kind: 's3', credentials: 'session' })
    const { expiresAt, ...credentials } = await own.ada.client.ok('storageCredentials')
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now())
    expect(credentials.secretAccessKey).not.toBe(server.credentials.secretAccessKey)
    const store = createS3Store({ endpoint: server.endpoint, region: server.region, bucket: 'fieldmark-test', prefix: 'here/', credentials })
    expect(await store.put(putRequest('by temporary keys'), AbortSignal.timeout(10_000))).toBe('stored')
    await own.close()
    expect(await lab.ada.client.problem('storageCredentials')).toMatchObject({ status: 404 })
  })

  test('workstations with keys of their own are told the bucket, never the orchestrator\'s keys', async () => {
    const own = await openLab({ s3: settings('ownKeys') })
    const answer = await own.ada.client.send('me')
    expect(JSON.parse(answer.text)).toMatchObject({ storage: { kind: 's3', endpoint: server.endpoint, region: server.region, bucket: 'fieldmark-test', prefix: 'here/' } })
    expect(answer.text).not.toContain(server.credentials.accessKeyId)
    await own.close()
  })
})

test('the bucket comes from the environment when an endpoint and keys are set', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
  expect(s3FromEnvironment(keys)).toBeUndefined()
  expect(s3FromEnvironment({ S3_ENDPOINT: 'http://127.0.0.1:1' })).toBeUndefined()
  expect(s3FromEnvironment({ S3_ENDPOINT: 'http://127.0.0.1:1', S3_BUCKET: 'b', ...keys })).toEqual({
    endpoint: 'http://127.0.0.1:1', region: 'us-east-1', bucket: 'b', prefix: '', accessKeyId: 'id', secretAccessKey: 'secret', workstations: 'ownKeys',
  })
})
