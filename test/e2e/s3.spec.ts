import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { expect, test } from '@playwright/test'
import { prepareCeph, startCeph, type Ceph } from '../ceph/ceph.ts'
import { DEMO_LABELS, openAndLabel } from '../demo/demoLabels.ts'
import { FieldmarkApp } from '../driver/fieldmarkApp.ts'
import { createOrchestrator, type Orchestrator } from '../orchestrator/orchestrator.ts'

const availability = await prepareCeph()
const title = 'a demo job whose objects travel by S3 with the keys of the workstation arrives in the bucket exactly once'
const BUCKET = 'fieldmark-demo'
const PREFIX = 'team/'

let folder: string
let ceph: Ceph
let server: Orchestrator
test.beforeEach(async () => {
  test.setTimeout(300_000)
  if (!availability.available) return
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-s3-'))
  ceph = await startCeph()
  server = await createOrchestrator({
    dataDir: join(folder, 'orchestrator'), seed: 'demo',
    s3: { endpoint: ceph.endpoint, region: ceph.region, bucket: BUCKET, prefix: PREFIX, workstations: 'ownKeys', ...ceph.credentials },
  })
})
test.afterEach(async () => {
  if (!availability.available) return
  await server.close()
  await ceph.stop()
  await rm(folder, { recursive: true, force: true })
})

test(availability.available ? title : `${title} (skipped: ${availability.reason})`, async () => {
  test.skip(!availability.available, availability.available ? '' : availability.reason)
  const { accessKeyId, secretAccessKey } = ceph.credentials
  const app = await FieldmarkApp.launch({
    workspace: join(folder, 'workspace'),
    orchestrator: { url: server.url, token: server.tokens.annotator },
    environment: { S3_ENDPOINT: ceph.endpoint, AWS_REGION: ceph.region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  })
  await app.queue.waitUntilAllAvailableOffline(180_000)
  for (const label of DEMO_LABELS) {
    await openAndLabel(app, label)
    await app.annotate.waitUntilSaved()
    await app.annotate.submit()
    await app.annotate.waitUntilSubmitted(label.task)
  }
  await app.sync.waitForPhase('All synced', 60_000)
  await app.goTo('History')
  await app.history.verifyEverything()
  expect(app.complaints).toEqual([])
  await app.quit()

  const held = await server.listSubmissions()
  expect(held.map(({ taskId }) => taskId).sort()).toEqual(DEMO_LABELS.map(({ task }) => `task-${task.replace('.jpg', '')}`).sort())
  const stored = await objectsUnder(`${PREFIX}submissions/`)
  expect([...stored.keys()].sort()).toEqual(held.map(({ sha256 }) => `${PREFIX}submissions/sha256/${sha256}`).sort())
  for (const [key, bytes] of stored) expect(key).toBe(`${PREFIX}submissions/sha256/${createHash('sha256').update(bytes).digest('hex')}`)
})

/** Reads the bucket as somebody would who knows nothing of Fieldmark. */
async function objectsUnder(prefix: string): Promise<Map<string, Uint8Array>> {
  const client = new S3Client({ endpoint: ceph.endpoint, region: ceph.region, credentials: ceph.credentials, forcePathStyle: true })
  const found = new Map<string, Uint8Array>()
  const { Contents: contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }))
  for (const { Key: key = '' } of contents) {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
    found.set(key, (await body?.transformToByteArray()) ?? new Uint8Array())
  }
  client.destroy()
  return found
}
