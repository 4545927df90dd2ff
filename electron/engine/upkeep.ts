import { join } from 'node:path'
import type { EngineConfig } from '../../shared/rpc/engineControl.ts'
import type { DiagnosticsReport } from '../../shared/rpc/diagnostics.ts'
import type { SyncStatus } from '../../shared/rpc/syncStatus.ts'
import { checkByCopy, isSound } from './db/checkCopy.ts'
import { onStopped, stopWriting } from './db/transaction.ts'
import { openLog, type EngineLog } from './diagnostics/engineLog.ts'
import { makeReport } from './diagnostics/report.ts'
import { RoundTrips } from './diagnostics/roundTrips.ts'
import { writeSupportBundle } from './diagnostics/supportBundle.ts'
import type { OpenedContext } from './openContext.ts'
import { backupFolder } from './openStore.ts'
import { keepBackups, type Backups } from './work/keepBackups.ts'

/** Lines of the log that a report shows. */
const SHOWN_ERRORS = 50

/** What keeps a workspace healthy and tells how it is: backups, the log, and the report made of both. */
export interface Upkeep {
  log: EngineLog
  link: RoundTrips
  backups: Backups
  /** Notes an error of sync in the log, once. */
  noteSync(status: SyncStatus): void
  /** @param check whether the database is checked by a copy, which takes a while. */
  report(remote: RemoteFacts, check: boolean, signal?: AbortSignal): Promise<DiagnosticsReport>
  /** Writes a bundle for support. @returns its path. */
  bundle(remote: RemoteFacts, directory: string, signal: AbortSignal): Promise<string>
  close(): Promise<void>
}

/** `bytesPerSecond`: what the link brought when images were last fetched. */
interface RemoteFacts { status: SyncStatus; clockOffsetMs: number; bytesPerSecond: number | undefined }

/** Starts the upkeep of an open workspace. When its database turns out to be damaged, writing stops and every window is told. */
export function keepUp(config: EngineConfig, { context, notices }: OpenedContext, background: boolean): Upkeep {
  const secrets = secretsOf(config)
  const log = openLog(join(config.workspaceDir, 'logs'), secrets, context.clock)
  const link = new RoundTrips(context.clock)
  const backups = keepBackups(context, backupFolder(config.workspaceDir), { background, onError: (error) => { log.error('backup', error) } })
  onStopped(context.db, (detail) => {
    log.error('database', `Writing has stopped: ${detail}`)
    const notice = { code: 'databaseDamaged' as const, detail }
    notices.push(notice)
    context.notify('engine.notice', notice)
  })
  let lastNoted: string | undefined
  const report = async ({ status, clockOffsetMs, bytesPerSecond }: RemoteFacts, wanted: boolean, signal?: AbortSignal) => {
    const check = wanted ? await checkByCopy(context.db, signal) : undefined
    if (check !== undefined && !isSound(check)) stopWriting(context.db, check.integrity[0] ?? '')
    return makeReport({ config, context, status, clockOffsetMs, link: { ...link.report(), bytesPerSecond }, backups: await backups.list(), errors: log.newest(SHOWN_ERRORS), check })
  }
  return {
    log, link, backups, report,
    noteSync({ lastError }) {
      if (lastError === undefined || lastError.at === lastNoted) return
      lastNoted = lastError.at
      log.error('sync', `${lastError.kind}: ${lastError.message}`)
    },
    async bundle(remote, directory, signal) {
      const parts = { report: await report(remote, true, signal), db: context.db, workspaceDir: config.workspaceDir, logFiles: log.files, secrets }
      signal.throwIfAborted()
      return writeSupportBundle(parts, directory)
    },
    close: () => backups.close(),
  }
}

/** Everything in the configuration that must not be written anywhere. */
function secretsOf({ source }: EngineConfig): string[] {
  if (source.kind === 'folder') return []
  const { token, s3 } = source
  return [token, s3?.secretAccessKey, s3?.sessionToken, s3?.accessKeyId].filter((secret) => secret !== undefined)
}
