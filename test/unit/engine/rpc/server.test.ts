import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { createHandlers } from '../../../../electron/engine/rpc/handlers.ts'
import type { HandlerPorts } from '../../../../electron/engine/rpc/handlers.ts'
import { JsonText } from '../../../../electron/engine/rpc/jsonText.ts'
import { createJobs } from '../../../../electron/engine/rpc/jobs.ts'
import { createRpcServer } from '../../../../electron/engine/rpc/server.ts'
import type { Handlers } from '../../../../electron/engine/rpc/server.ts'
import { RemoteError } from '../../../../shared/api/remoteError.ts'
import type { ChannelName, RequestOf, ResponseOf } from '../../../../shared/rpc/channels.ts'
import { CHANNELS, EVENTS } from '../../../../shared/rpc/channels.ts'
import { ResponseEnvelopeSchema } from '../../../../shared/rpc/envelope.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { SyncStatus } from '../../../../shared/rpc/syncStatus.ts'
import { DEFAULT_SETTINGS } from '../../../../shared/rpc/workspace.ts'
import { adding, aShape, removing, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspaceWithTasks, edit } from '../../../builders/workspace.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'

const IDLE: SyncStatus = {
  phase: 'waiting', workOffline: false, outbox: { waiting: 0, dead: 0 }, auditBacklog: 0, journalBacklog: 0, prefetch: { running: false, done: 0, total: 0, receivedBytes: 0, usedBytes: 0, budgetBytes: 1 },
}

/** A window and an engine joined by a real MessageChannel, over a real workspace. */
function connect(replace: Partial<Handlers> = {}, over: Partial<HandlerPorts> = {}) {
  const workspace = aWorkspaceWithTasks(3)
  const calls: string[] = []
  const jobs = createJobs((event, payload) => { server.emit(event, payload) })
  const ports: HandlerPorts = {
    context: workspace,
    checkpoint: () => undefined,
    diagnostics: { report: () => Promise.reject(new Error('not asked')), bundle: async () => '/support.zip', makeBackup: () => Promise.reject(new Error('not asked')), listBackups: async () => [], workSinceBackup: () => ({ edited: 0, unsent: 0, sent: 0 }) },
    imageOf: (asset) => ({ kind: 'whole', url: `fieldmark-data://${asset.id}`, width: asset.width, height: asset.height }),
    info: () => ({ kind: 'folder', source: '/pictures', location: workspace.folder, user: { id: workspace.userId, name: 'Ada', roles: ['annotator'] }, deviceId: workspace.deviceId, readOnly: false, versions: { app: '1', sqlite: '3', betterSqlite3: '13' } }),
    onSettings: ({ language }) => { calls.push(`settings ${language}`) },
    jobs,
    agreements: { of: () => Promise.reject(new Error('not here')), propose: () => Promise.reject(new Error('not here')) }, comparisons: { between: () => Promise.reject(new Error('not here')), differences: () => Promise.reject(new Error('not here')) }, assistance: { inspectModel: async () => ({ kind: 'refused', file: 'encoder', detail: 'none' }), prepare: async () => 'noModel', ask: async () => ({ kind: 'failed', reason: 'noModel' }) },
    objects: { count: () => 2, verify: async () => ({ checked: 2, damaged: [] }) },
    exportLabels: ({ format }) => async (signal, onProgress) => {
      onProgress(1, 2)
      await new Promise((_, reject) => { signal.addEventListener('abort', () => { reject(signal.reason as Error) }) })
      return { files: 1, images: 0, shapes: 0, skipped: [{ taskId: taskId('task-1'), reason: format }] }
    },
    control: {
      status: () => IDLE, transfers: () => [], wake: () => calls.push('wake'), setWorkOffline: (offline) => calls.push(`offline ${offline}`),
      confirmRemovals: () => calls.push('confirm'), planOffline: () => { throw new Error('not asked here') }, startPrefetchFor: (days) => calls.push(`start for ${days}`), startPrefetch: () => calls.push('start'), cancelPrefetch: () => calls.push('cancel'), fetchVersions: () => Promise.resolve(), takeLease: () => Promise.resolve({ kind: 'unreachable' }), fetchAsset: async (id) => { calls.push(`fetch ${id}`) },
    },
    ...over,
  }
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => { port1.close() })
  const bugs: unknown[] = []
  const server = createRpcServer({
    handlers: { ...createHandlers(ports), ...replace }, onBug: (error) => bugs.push(error), onDamage: (detail) => bugs.push(detail),
    port: { postMessage: (message) => { port1.postMessage(message) }, onMessage: (listener) => { port1.onmessage = ({ data }) => { listener(data) } } },
  })
  const events: unknown[] = []
  const waiting = new Map<number, (answer: unknown) => void>()
  port2.onmessage = ({ data }) => {
    const envelope = ResponseEnvelopeSchema.parse(data)
    if (envelope.type === 'event') events.push(envelope)
    else waiting.get(envelope.id)?.(envelope.type === 'failure' ? envelope.failure : envelope.type === 'responseText' ? JSON.parse(envelope.json) : envelope.payload)
  }
  let id = 0
  const raw = (channel: string, payload: unknown) => new Promise<unknown>((resolve) => {
    id += 1
    waiting.set(id, resolve)
    port2.postMessage({ type: 'request', id, channel, payload })
  })
  const ask = async <C extends ChannelName>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> => {
    const answer = await raw(channel, payload)
    const parsed = CHANNELS[channel].response.safeParse(answer)
    if (!parsed.success) throw new Error(`${channel} answered ${JSON.stringify(answer)}: ${parsed.error.message}`)
    return parsed.data as ResponseOf<C>
  }
  return { workspace, calls, bugs, events, ask, raw, post: (message: unknown) => { port2.postMessage(message) } }
}

/** How far a job said that it was, each time that it did: [done, total]. */
function progressOf(events: readonly unknown[], jobId: string): number[][] {
  const progress = z.object({ event: z.literal('job.progress'), payload: EVENTS['job.progress'] })
  return events.flatMap((event) => progress.safeParse(event).data?.payload ?? []).filter((each) => each.jobId === jobId).map(({ done, total }) => [done, total])
}

describe('the guarded entrance', () => {
  it.each([
    ['a channel that there is not', 'tasks.destroy', {}],
    ['a channel from the prototype', 'constructor', {}],
    ['a payload without its fields', 'tasks.open', {}],
    ['a hostile id', 'tasks.open', { taskId: '../../etc/passwd' }],
    ['a reserved device name', 'tasks.open', { taskId: 'CON' }],
    ['a page beyond the limit', 'tasks.query', { query: {}, limit: 100_000 }],
  ])('refuses %s', async (_, channel, payload) => {
    expect(await connect().raw(channel, payload)).toMatchObject({ code: 'invalidRequest' })
  })

  it('survives messages that are no requests', async () => {
    const { post, raw } = connect()
    for (const message of [null, 'hello', { type: 'request' }, { type: 'request', id: -1, channel: 'x' }]) post(message)
    expect(await raw('projects.list', {})).toHaveLength(1)
  })

  it.each([
    [new RpcError('notAllowed', 'no'), { code: 'notAllowed', detail: 'no' }],
    [new RemoteError({ kind: 'captivePortal' }, 'a portal'), { code: 'offline', detail: 'a portal' }],
    [new RemoteError({ kind: 'unauthorized' }, 'sign in'), { code: 'unauthorized', detail: 'sign in' }],
    [new DOMException('stopped', 'AbortError'), { code: 'cancelled', detail: 'stopped' }],
  ])('answers %s with its code', async (error, failure) => {
    const { raw, bugs } = connect({ 'projects.list': () => { throw error } })
    expect(await raw('projects.list', {})).toEqual(failure)
    expect(bugs).toEqual([])
  })

  it('hands on what another thread has written', async () => {
    const { ask } = connect({ 'notices.list': async () => new JsonText('[]') })
    expect(await ask('notices.list', {})).toEqual([])
  })

  it('keeps the details of a bug to itself, and reports it', async () => {
    const bug = new TypeError('/home/ada/secret')
    const { raw, bugs } = connect({ 'projects.list': async () => { throw bug } })
    expect(await raw('projects.list', {})).toEqual({ code: 'internal', detail: 'TypeError' })
    expect(bugs).toEqual([bug])
  })
})

describe('the handlers', () => {
  it('carry a task from the queue to the history', async () => {
    const { ask, raw, workspace } = connect()
    expect(await ask('tasks.query', { query: { filter: { text: 'street-2' } } })).toMatchObject({ total: 1, rows: [{ id: 'task-2', standing: 'new' }] })
    expect(await ask('tasks.facets', {})).toMatchObject({ total: 3, standings: { new: 3 }, prefetched: 0 })
    expect(await ask('tasks.neighbours', { taskId: taskId('task-2'), query: {} })).toEqual({ previous: 'task-1', next: 'task-3', position: 1, total: 3 })
    expect(await ask('tasks.open', { taskId: taskId('task-2') })).toMatchObject({ journalSeq: 0, image: { url: 'fieldmark-data://asset-2' } })
    expect(await ask('tasks.image', { taskId: taskId('task-3') })).toMatchObject({ image: { url: 'fieldmark-data://asset-3' } })
    const lines = [{ kind: 'edit' as const, name: 'addShape' as const, diff: adding(aShape()) }]
    expect(await ask('tasks.commit', { taskId: taskId('task-2'), afterSeq: 0, lines, timeOnTaskMs: 5 })).toMatchObject({ journalSeq: 1 })
    expect(await raw('tasks.commit', { taskId: 'task-2', afterSeq: 0, lines, timeOnTaskMs: 5 })).toMatchObject({ code: 'conflict' })
    const submitted = await ask('tasks.submit', { taskId: taskId('task-2'), timeOnTaskMs: 10 })
    if (submitted.kind !== 'submitted') throw new Error('invalid')
    expect(await ask('revisions.get', { revisionId: submitted.revisionId })).toMatchObject({ taskId: 'task-2', timeOnTaskMs: 10 })
    expect(await ask('sync.outbox', {})).toMatchObject([{ taskId: 'task-2', name: 'street-2.jpg', state: 'waiting', attempts: 0 }])
    const server = aServer().knownTo(workspace)
    const store = createSyncStore(workspace)
    const [item] = store.dueOutbox(Number.MAX_SAFE_INTEGER, 1)
    if (item === undefined) throw new Error('empty')
    store.acceptReceipt(server.receiptFor(item.commit))
    const history = await ask('tasks.history', { taskId: taskId('task-2') })
    expect(history.revisions).toMatchObject([{ id: submitted.revisionId, shapeCount: 1, outcome: 'labelled', receiptAt: '2026-05-01T11:00:00.000Z' }])
    expect(history.events.map(({ type, acknowledged }) => [type, acknowledged])).toEqual([['taskAssigned', false], ['submitted', false], ['receiptReceived', false]])
    expect(await ask('sync.receipts', {})).toMatchObject({ total: 1, rows: [{ name: 'street-2.jpg' }] })
  })

  it('answer a broken draft with its violations and put nothing into the outbox', async () => {
    const { ask, workspace } = connect()
    edit(workspace, adding(aShape({ classId: 'boat' })))
    expect(await ask('tasks.submit', { taskId: taskId('task-1'), timeOnTaskMs: 0 })).toEqual({ kind: 'invalid', violations: [{ rule: 'unknownClass', shapeId: 'shape-1', subject: 'boat' }] })
    expect(await ask('sync.outbox', {})).toEqual([])
    edit(workspace, removing(aShape({ classId: 'boat' })))
    expect(await ask('tasks.skip', { taskId: taskId('task-1'), timeOnTaskMs: 0, reason: 'dark' })).toMatchObject({ kind: 'submitted' })
  })

  it('keep the settings', async () => {
    const { ask, calls } = connect()
    expect(await ask('settings.get', {})).toEqual(DEFAULT_SETTINGS)
    await ask('settings.set', { language: 'es' })
    expect(await ask('settings.get', {})).toEqual({ ...DEFAULT_SETTINGS, language: 'es' })
    expect(calls).toEqual(['settings es'])
    expect(await ask('workspace.info', {})).toMatchObject({ kind: 'folder' })
  })

  it('pass the wishes about sync on', async () => {
    const { ask, raw, calls } = connect()
    await ask('sync.now', {})
    await ask('sync.setWorkOffline', { workOffline: true })
    await ask('sync.confirmRemovals', {})
    await ask('prefetch.start', {})
    await ask('prefetch.cancel', {})
    await ask('assets.fetch', { assetId: (await ask('tasks.open', { taskId: taskId('task-1') })).asset.id })
    expect(await raw('sync.retry', { submissionId: 'nobody' })).toMatchObject({ code: 'notFound' })
    expect(await ask('sync.status', {})).toEqual(IDLE)
    expect(await ask('sync.transfers', {})).toEqual([])
    expect(calls).toEqual(['wake', 'offline true', 'confirm', 'start', 'cancel', 'fetch asset-1'])
  })

  it('verify everything and say what is wrong', async () => {
    const { ask, workspace, events } = connect()
    edit(workspace, adding(aShape()))
    await ask('tasks.submit', { taskId: taskId('task-1'), timeOnTaskMs: 0 })
    expect(await ask('verify.run', { jobId: 'verify-1' })).toEqual({
      ok: true, audit: { entries: 5, epochs: 1, receipts: 0, acknowledged: 0, faults: [], faultCount: 0 }, database: { integrity: [], foreignKeys: 0 }, revisions: { checked: 1, damaged: [] }, objects: { checked: 2, damaged: [] },
    })
    // Five entries, the database, a revision and two objects.
    expect(progressOf(events, 'verify-1')).toEqual([[0, 9], [5, 9], [7, 9], [9, 9]])
    workspace.db.pragma('foreign_keys = OFF')
    workspace.db.exec(`UPDATE revisions SET bytes = x'00'; UPDATE draft_records SET task_id = 'nobody'; UPDATE audit SET wall = 'then' WHERE seq = 2`)
    expect(await ask('verify.run', { jobId: 'verify-2', taskId: taskId('task-1') })).toMatchObject({
      ok: false, audit: { faults: [{ kind: 'hashMismatch', seq: 2 }] }, database: { foreignKeys: 1 }, revisions: { checked: 1, damaged: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
    })
    expect(await ask('verify.run', { jobId: 'verify-3', taskId: taskId('task-2') })).toMatchObject({ revisions: { checked: 0, damaged: [] } })
  })

  it('stop verifying when the person gives it up', async () => {
    const jobId = 'verify-1'
    const { ask, raw, events } = connect({}, {
      objects: {
        count: () => 2,
        verify: (_taskId, signal) => new Promise((_, reject) => {
          signal.addEventListener('abort', () => { reject(signal.reason as Error) })
          void ask('jobs.cancel', { jobId })
        }),
      },
    })
    expect(await raw('verify.run', { jobId })).toMatchObject({ code: 'cancelled' })
    expect(progressOf(events, jobId).at(-1)).toEqual([4, 7])
  })

  it('cancel a job, and run one of a name at a time', async () => {
    const { ask, raw, events } = connect()
    const request = { jobId: 'export-1', format: 'coco' as const, directory: '/out' }
    const running = raw('export.run', request)
    expect(await raw('export.run', request)).toMatchObject({ code: 'conflict' })
    expect(events).toEqual([{ type: 'event', event: 'job.progress', payload: { jobId: 'export-1', done: 1, total: 2 } }])
    await ask('jobs.cancel', { jobId: 'export-1' })
    expect(await running).toMatchObject({ code: 'cancelled' })
    await ask('jobs.cancel', { jobId: 'export-1' })
  })
})
