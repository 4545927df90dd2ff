import { join } from 'node:path'
import type { Asset } from '../../shared/domain/asset.ts'
import { AssetProblem } from '../../shared/domain/assetProblem.ts'
import { CHANNELS } from '../../shared/rpc/channels.ts'
import type { ParsedRequestOf } from '../../shared/rpc/channels.ts'
import type { EngineConfig } from '../../shared/rpc/engineControl.ts'
import { DEFAULT_SETTINGS } from '../../shared/rpc/workspace.ts'
import { OwnModel } from './assist/model/ownModel.ts'
import type { CachedPixels } from './assist/pixelSource.ts'
import { Assistance } from './assist/assistance.ts'
import { readHighWaterMark } from './audit/highWaterMark.ts'
import { auditEpochs } from './db/repositories/auditLog.ts'
import { cachedObjects } from './cachedObjects.ts'
import { isImageNeeded } from './db/repositories/assets.ts'
import { readMeta } from './db/repositories/meta.ts'
import { onWriteProblem, stopWriting } from './db/transaction.ts'
import type { Engine } from './engineApi.ts'
import { exportFromWorkspace } from './exportFromWorkspace.ts'
import { openContext, type OpenedContext } from './openContext.ts'
import { highWaterMarkFile } from './openStore.ts'
import { connectRemote } from './connect/connectRemote.ts'
import type { Remote } from './connect/remote.ts'
import type { ProxyFor } from './http/proxies.ts'
import { Agreements } from './quality/agreements.ts'
import { Comparisons } from './quality/comparisons.ts'
import { createHandlers } from './rpc/handlers.ts'
import type { DiagnosticsPorts } from './rpc/handlers/diagnostics.ts'
import { createJobs } from './rpc/jobs.ts'
import { readAnswer } from './rpc/jsonText.ts'
import { createRpcServer } from './rpc/server.ts'
import type { Helper } from './threads/helper.ts'
import type { WakeReason } from './sync/scheduler.ts'
import { openDesk, type DeskPace } from './sync/desk.ts'
import { createSync, type Sync } from './sync/sync.ts'
import { WorkspaceAssetCache } from './tiles/assetCache.ts'
import { ImageDecoder } from './tiles/imageDecoder.ts'
import { syncControl, transferLimitsOf } from './syncControl.ts'
import { keepUp, type Upkeep } from './upkeep.ts'
import { createViewEngine } from './viewing/viewEngine.ts'
import { onAuditEntry } from './work/appendAudit.ts'
import type { WorkContext } from './work/context.ts'
import { checkReadyImages, noteImageFailure, noteImagesLost, noteImagesReady } from './work/noteImage.ts'
import { pullAgainAfterUpdate } from './work/pullAgainAfterUpdate.ts'
import { createSyncStore } from './work/syncStore.ts'
import { workspaceInfo } from './workspaceInfo.ts'

export type { Engine } from './engineApi.ts'

/** Nothing waits for an image to be noted, and while others are written to the disk that takes long. */
const IMAGES_READY: DeskPace = { pauseMs: 200, enough: 100 }
/** Looking through a folder of pictures for the command line takes at most this long. */
const REFRESH_TIMEOUT_MS = 60 * 60_000

/** How an engine runs other than in the application. */
export interface EngineOptions {
  /** Sync runs by itself; left out by commands that end at once. */
  background: boolean
  /** Milliseconds of silence after which a request to the other side ends. */
  silenceMs?: number
  /** Finds the proxy of an address; by default the environment tells. */
  proxyFor?: ProxyFor
  /** Starts a process that decodes images; by default Node does it. */
  startDecoder?: () => Helper
  /** Numbers from 0 to 1 by which the pauses of sync are drawn. */
  random?: () => number
}

/**
 * Opens a workspace and starts what works on it.
 * @throws StartError, WorkspaceInUseError, DatabaseDamagedError, RpcError (see startFailure.ts).
 */
export async function createEngine(config: EngineConfig, options: EngineOptions = { background: true }): Promise<Engine> {
  const { background, random = Math.random } = options
  const opened = openContext(config.workspaceDir, config.restoreBackup)
  const { context, viewOnly } = opened
  if (viewOnly !== undefined) return createViewEngine(config, opened, viewOnly)
  const upkeep = keepUp(config, opened, background)
  pullAgainAfterUpdate(context.db, config.appVersion)
  const cache = openCache(config, context, options)
  // A folder may have news before sync is there to be woken.
  let wake: (reason: WakeReason) => void = () => undefined
  const remote = upkeep.link.measure(await connectRemote(config, context, cache.decoders.headers, { onChanged: () => { wake('network') } }, options).catch(async (error: unknown) => {
    await cache.close()
    opened.close()
    throw error
  }))
  const sync = openSync(config, context, remote, cache.images, random, upkeep)
  wake = (reason) => { sync.wake(reason) }
  onWriteProblem(context.db, () => { note(() => { sync.tellStatus() }) })
  const [agreements, comparisons, assistance] = [openAgreements(opened), new Comparisons(context.db), openAssistance(config, context, cache.images.images)]
  const handlers = createHandlers({
    agreements, assistance, comparisons, context, jobs: createJobs(context.notify), control: syncControl(sync, context, cache.images),
    imageOf: (asset) => cache.images.images.describe(asset),
    info: () => workspaceInfo(config, context),
    onSettings: ({ diskBudgetBytes, transfers }) => {
      cache.images.setBudget(diskBudgetBytes)
      sync.setTransferLimits(transferLimitsOf(transfers))
    },
    diagnostics: diagnosticsOf(upkeep, () => ({ status: sync.status(), clockOffsetMs: remote.orchestrator.clockOffsetMs(), bytesPerSecond: sync.linkRate() })),
    checkpoint: () => readHighWaterMark(highWaterMarkFile(config.workspaceDir))?.checkpoint,
    objects: cachedObjects(context.db, cache.images.images),
    exportLabels: (request) => (signal, onProgress) => exportFromWorkspace(context, config.source, cache.images.images, request, signal, onProgress),
  })
  if (background) sync.start()

  return {
    connect(port) {
      const server = createRpcServer({ handlers, port, onBug: (error) => { upkeep.log.error('engine', error) }, onDamage: (detail) => { stopWriting(context.db, detail) } })
      opened.onEvent(({ event, payload }) => { server.emit(event, payload) })
      for (const notice of opened.notices) server.emit('engine.notice', notice)
    },
    async call(channel, request) {
      const parsed = CHANNELS[channel].request.parse(request)
      return readAnswer(channel, await handlers[channel](parsed as ParsedRequestOf<typeof channel>))
    },
    serveData: (url) => cache.images.images.serve(url),
    wake,
    logError: (source, error) => { upkeep.log.error(source, error) },
    async syncOnce() {
      await remote.refresh(AbortSignal.timeout(REFRESH_TIMEOUT_MS))
      await sync.syncOnce()
    },
    prefetchAll: () => sync.prefetch.run(),
    async stop() {
      await sync.stop()
      await remote.close()
      await Promise.all([assistance.close(), agreements.close(), comparisons.close()])
      await cache.close()
      await upkeep.close()
      opened.close()
    },
  }
}

function openSync(config: EngineConfig, context: WorkContext, remote: Remote, cache: WorkspaceAssetCache, random: () => number, upkeep: Upkeep): Sync {
  const noteReady = openDesk<Asset>((assets) => { noteImagesReady(context, assets) }, undefined, IMAGES_READY)
  const sync = createSync({
    store: createSyncStore(context), ...remote, cache, clock: context.clock, random,
    devices: () => auditEpochs(context.db).filter(({ leftAt }) => leftAt === null).map(({ device, publicKey }) => ({ deviceId: device, name: config.deviceName, publicKey, appVersion: config.appVersion })),
    workOffline: readMeta(context.db, 'workOffline') ?? false,
    transferLimits: transferLimitsOf(readMeta(context.db, 'settings')?.transfers ?? DEFAULT_SETTINGS.transfers),
    onStatus: (status) => { upkeep.noteSync(status); context.notify('sync.changed', status) },
    onTransfers: (transfers) => { context.notify('transfers.changed', transfers) },
    async onAsset(asset, problem) {
      if (problem === undefined) await noteReady(asset).catch(couldNotNote)
      else note(() => { noteImageFailure(context, asset, problem) })
    },
  })
  onAuditEntry(context.db, () => { sync.noteEntry() })
  return sync
}

function diagnosticsOf(upkeep: Upkeep, remote: () => Parameters<Upkeep['report']>[0]): DiagnosticsPorts['diagnostics'] {
  return {
    report: (check) => upkeep.report(remote(), check),
    bundle: (directory, signal) => upkeep.bundle(remote(), directory, signal),
    makeBackup: () => upkeep.backups.make(),
    listBackups: () => upkeep.backups.list(),
    workSinceBackup: (name) => upkeep.backups.workSince(name),
  }
}

/** What happens is noted where that is possible; on a full or failing disk it is found out again later. */
function note(write: () => void): void {
  try {
    write()
  } catch (error) {
    couldNotNote(error)
  }
}

function couldNotNote(error: unknown): void {
  console.error('This could not be noted:', error)
}

/** Results that arrive are compared with those of others. */
function openAgreements(opened: OpenedContext): Agreements {
  const agreements = new Agreements(opened.context)
  opened.onEvent(({ event }) => { if (event === 'tasks.changed') void agreements.refresh() })
  return agreements
}

function openAssistance({ workspaceDir }: EngineConfig, { db }: WorkContext, images: CachedPixels): Assistance {
  const model = new OwnModel(images, () => readMeta(db, 'settings')?.segmentModel, join(workspaceDir, 'embeddings'))
  return new Assistance(images, model)
}

function openCache(config: EngineConfig, context: WorkContext, { startDecoder: start }: EngineOptions) {
  const decoders = { headers: new ImageDecoder({ start }), pixels: new ImageDecoder({ start }) }
  const images = new WorkspaceAssetCache({
    workspaceDir: config.workspaceDir,
    budgetBytes: readMeta(context.db, 'settings')?.diskBudgetBytes ?? DEFAULT_SETTINGS.diskBudgetBytes,
    decoders,
    isNeeded: (sha256) => isImageNeeded(context.db, sha256),
    onProblem: (asset, { code, detail }) => { note(() => { noteImageFailure(context, asset, new AssetProblem(code, detail)) }) },
    onPartial: ({ id }) => { context.notify('asset.changed', { assetId: id }) },
    onLost: (sha256) => { note(() => { noteImagesLost(context, [sha256]) }) },
  })
  if (images.wasDisturbed) note(() => { checkReadyImages(context, (sha256) => images.has({ sha256 })) })
  const close = async () => {
    await images.close()
    await Promise.all([decoders.headers.close(), decoders.pixels.close()])
  }
  return { images, decoders, close }
}
