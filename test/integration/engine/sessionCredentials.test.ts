import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../electron/engine/engine.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { jpegOf } from '../../builders/images.ts'
import { A_LABEL_SCHEMA } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { prepareCeph, startCeph, type Ceph } from '../../ceph/ceph.ts'
import { createFaultProxy, type Fault, type FaultProxy } from '../../faults/faultProxy.ts'
import { createOrchestrator } from '../../orchestrator/orchestrator.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'
import { draw, rowOf } from './engineLab.ts'

const availability = await prepareCeph()
const EXPIRED: Fault = { kind: 'answer', status: 400, headers: { 'content-type': 'application/xml' }, body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>ExpiredToken</Code></Error>' }

describe.skipIf(!availability.available)(`temporary keys that the orchestrator gives${availability.available ? '' : ` (skipped: ${availability.reason})`}`, () => {
  let ceph: Ceph
  let proxy: FaultProxy
  beforeAll(async () => {
    ceph = await startCeph()
    proxy = await createFaultProxy(ceph.endpoint)
  }, 120_000)
  afterAll(async () => {
    await proxy?.close()
    await ceph?.stop()
  }, 30_000)

  it('are asked for again when they end in the middle of the work; when they stay refused, sync pauses with the queue intact and goes on later', async () => {
    const folder = temporaryFolder()
    const server = await createOrchestrator({
      dataDir: join(folder, 'orchestrator'),
      s3: { endpoint: proxy.origin, region: ceph.region, bucket: 'fieldmark', prefix: '', workstations: 'session', roleArn: ceph.roleArn, ...ceph.credentials },
    })
    await server.createProject({ id: 'project-1', name: 'Streets', labelSchema: A_LABEL_SCHEMA, members: [DEMO_ANNOTATOR.id] })
    for (const name of ['one', 'two']) {
      await server.addAsset({ id: `asset-${name}`, projectId: 'project-1', name: `${name}.jpg`, bytes: await jpegOf(64, 48, name.length), width: 64, height: 48, mediaType: 'image/jpeg' })
      await server.addTask({ id: `task-${name}`, projectId: 'project-1', assetId: `asset-${name}`, assignee: DEMO_ANNOTATOR.id })
    }
    const source = { kind: 'orchestrator', url: server.url, token: server.tokens.annotator } as const
    const engine = await createEngine({ workspaceDir: join(folder, 'workspace'), source, appVersion: '1', deviceName: 'lab' }, { background: false })
    const submit = async (name: string) => {
      await draw(engine, name, `shape-${name}`)
      await engine.call('tasks.submit', { taskId: TaskIdSchema.parse(`task-${name}`), timeOnTaskMs: 1000 })
    }
    const uploads: string[] = []
    /** What happens to the next uploads of workstations; the orchestrator's own requests pass. */
    const nextUploads = (...faults: Fault[]) => {
      proxy.decide = ({ method, path, headers }) => {
        if (method !== 'PUT' || !path.includes('/submissions/')) return { kind: 'pass' }
        uploads.push(String(headers['x-amz-security-token']))
        return faults.shift() ?? { kind: 'pass' }
      }
    }
    try {
      await engine.syncOnce()
      await engine.prefetchAll()
      expect(await rowOf(engine, 'one')).toMatchObject({ prefetch: 'ready' })

      await submit('one')
      nextUploads(EXPIRED)
      await engine.syncOnce()
      expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'synced', outbox: { waiting: 0, dead: 0 } })
      expect(new Set(uploads).size).toBe(2)

      await submit('two')
      nextUploads(EXPIRED, EXPIRED)
      await engine.syncOnce()
      expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'unauthorized', outbox: { waiting: 1, dead: 0 } })
      await engine.syncOnce()
      expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'synced', outbox: { waiting: 0, dead: 0 } })
    } finally {
      await engine.stop()
      await server.close()
    }
  }, 60_000)
})
