import type { ViewOnlyReason } from '../../../shared/rpc/workspace.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { CHANNELS } from '../../../shared/rpc/channels.ts'
import type { ChannelName, ParsedRequestOf } from '../../../shared/rpc/channels.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import { readHighWaterMark } from '../audit/highWaterMark.ts'
import { checkHere } from '../db/checkCopy.ts'
import { getAsset, mediaTypeOf } from '../db/repositories/assets.ts'
import { journalBacklog } from '../db/repositories/submissions.ts'
import { findTask } from '../db/repositories/tasks.ts'
import { makeReport } from '../diagnostics/report.ts'
import type { Engine } from '../engineApi.ts'
import { exportFromWorkspace } from '../exportFromWorkspace.ts'
import type { OpenedContext } from '../openContext.ts'
import { Comparisons } from '../quality/comparisons.ts'
import { backupFolder, highWaterMarkFile } from '../openStore.ts'
import { createHandlers, type HandlerPorts } from '../rpc/handlers.ts'
import { createJobs } from '../rpc/jobs.ts'
import { readAnswer } from '../rpc/jsonText.ts'
import { createRpcServer, type Handlers } from '../rpc/server.ts'
import { auditBacklog } from '../work/auditSegments.ts'
import { keptBackups, type Backups } from '../work/keepBackups.ts'
import { unsentCounts } from '../work/unsent.ts'
import type { VerifyPorts } from '../work/verifyWorkspace.ts'
import { workspaceInfo } from '../workspaceInfo.ts'
import { ViewedImages } from './viewedImages.ts'

/** What only reads the workspace; everything else is refused. */
const LOOKING: ReadonlySet<ChannelName> = new Set([
  'workspace.info', 'settings.get', 'projects.list', 'tasks.query', 'tasks.facets', 'tasks.neighbours', 'tasks.open', 'tasks.more', 'tasks.watch', 'tasks.image', 'tasks.history',
  'revisions.get', 'sync.status', 'sync.outbox', 'sync.receipts', 'sync.transfers', 'notices.list', 'verify.run', 'export.run',
  'versions.list', 'versions.compare', 'versions.comparable', 'versions.between',
  'timeline.open', 'timeline.steps', 'timeline.state', 'reviews.queue', 'reviews.facets', 'reviews.story', 'comments.list', 'sync.statements', 'dashboard.figures', 'dashboard.export', 'export.unsent', 'audit.export', 'diagnostics.get', 'backups.list', 'backups.since', 'jobs.cancel',
])

/** Shows a workspace that may not be written: tasks, history, verification and exports. It reaches nobody and writes nothing but the exports. */
export function createViewEngine(config: EngineConfig, opened: OpenedContext, reason: ViewOnlyReason): Engine {
  const { context } = opened
  const images = new ViewedImages(config.workspaceDir, (sha256) => mediaTypeOf(context.db, sha256))
  const listeners = new Set<(event: { jobId: string; done: number; total: number }) => void>()
  const jobs = createJobs((_event, payload) => { for (const tell of listeners) tell(payload as { jobId: string; done: number; total: number }) })
  const comparisons = new Comparisons(context.db)
  const handlers = lookingOnly(createHandlers(portsOf({ config, opened, reason, images, jobs, comparisons })), reason)
  return {
    connect(port) {
      const server = createRpcServer({ handlers, port, onBug: (error) => { console.error('engine:', error) }, onDamage: (detail) => { console.error('database:', detail) } })
      listeners.add((payload) => { server.emit('job.progress', payload) })
    },
    async call(channel, request) {
      return readAnswer(channel, await handlers[channel](CHANNELS[channel].request.parse(request) as ParsedRequestOf<typeof channel>))
    },
    serveData: (url) => images.serve(url),
    wake: () => undefined,
    logError: (source, error) => { console.error(`${source}:`, error) },
    syncOnce: () => Promise.resolve(),
    prefetchAll: () => Promise.resolve(),
    async stop() {
      await comparisons.close()
      opened.close()
    },
  }
}

function refusal(reason: ViewOnlyReason): RpcError {
  return new RpcError('readOnly', `The workspace is open for looking only: ${reason}`)
}

function lookingOnly(handlers: Handlers, reason: ViewOnlyReason): Handlers {
  const refuse = () => { throw refusal(reason) }
  return Object.fromEntries(Object.entries(handlers).map(([channel, handler]) => [channel, LOOKING.has(channel as ChannelName) ? handler : refuse])) as Handlers
}

interface View { config: EngineConfig; opened: OpenedContext; reason: ViewOnlyReason; images: ViewedImages; jobs: HandlerPorts['jobs']; comparisons: Comparisons }

function portsOf({ config, opened: { context }, reason, images, jobs, comparisons }: View): HandlerPorts {
  const { db } = context
  const no = (): never => { throw refusal(reason) }
  const status = () => statusOf(context)
  const kept = keptBackups(db, backupFolder(config.workspaceDir))
  // A backup cannot be checked where nothing may be written, nor could it be restored.
  const backups: Pick<Backups, 'list' | 'workSince'> = reason === 'folderReadOnly' ? { ...kept, list: () => Promise.resolve([]) } : kept
  return {
    context, jobs, comparisons,
    agreements: { of: no, propose: no },
    assistance: { inspectModel: no, prepare: no, ask: no },
    control: {
      status, transfers: () => [], wake: no, setWorkOffline: no, confirmRemovals: no, startPrefetch: no, cancelPrefetch: no, planOffline: no, startPrefetchFor: no,
      // What is here can be compared; the rest is nowhere to be had.
      fetchAsset: no, fetchVersions: () => Promise.resolve(), takeLease: no,
    },
    imageOf: (asset) => images.describe(asset),
    onSettings: no,
    info: () => workspaceInfo(config, context, reason),
    diagnostics: {
      report: async (check) => makeReport({
        config, context, status: status(), clockOffsetMs: 0, link: { roundTrips: [] }, backups: await backups.list(), errors: [], check: check ? checkHere(db) : undefined,
      }),
      bundle: no, makeBackup: no, listBackups: () => backups.list(), workSinceBackup: (name) => backups.workSince(name),
    },
    checkpoint: () => readHighWaterMark(highWaterMarkFile(config.workspaceDir))?.checkpoint,
    objects: viewedObjects(context, images),
    exportLabels: (request) => (signal, onProgress) => exportFromWorkspace(context, config.source, images, request, signal, onProgress),
  }
}

function statusOf({ db }: OpenedContext['context']): SyncStatus {
  return {
    phase: 'viewOnly', workOffline: true, outbox: unsentCounts(db), auditBacklog: auditBacklog(db), journalBacklog: journalBacklog(db),
    prefetch: { running: false, done: 0, total: 0, receivedBytes: 0, usedBytes: 0, budgetBytes: 0 },
  }
}

/** Only the image of one task is looked at: all of them would take long, and nothing could be mended. */
function viewedObjects({ db }: OpenedContext['context'], images: ViewedImages): VerifyPorts['objects'] {
  const imageOf = (taskId: TaskId | undefined) => {
    const task = taskId && findTask(db, taskId)
    const asset = task && getAsset(db, task.assetId)
    return asset && images.describe(asset) ? asset : undefined
  }
  return {
    count: (taskId) => (imageOf(taskId) ? 1 : 0),
    async verify(taskId) {
      const asset = imageOf(taskId)
      if (asset === undefined) return { checked: 0, damaged: [] }
      return { checked: 1, damaged: (await images.readWhole(asset.sha256)) ? [] : [asset.sha256] }
    },
  }
}
