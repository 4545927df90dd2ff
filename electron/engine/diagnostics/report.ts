import { statSync, statfsSync } from 'node:fs'
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os'
import { InstantSchema } from '../../../shared/domain/ids.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import type { BackupRow, DiagnosticsReport, LogLine } from '../../../shared/rpc/diagnostics.ts'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import type { CheckResult } from '../db/checkCopy.ts'
import { isViewOnly } from '../db/open.ts'
import { schemaVersion } from '../db/migrate.ts'
import { MIGRATIONS } from '../db/migrations/all.ts'
import { auditEpochs } from '../db/repositories/auditLog.ts'
import { outboxRows } from '../db/repositories/outbox.ts'
import { isStopped } from '../db/transaction.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { WorkContext } from '../work/context.ts'
import { instantNow } from '../work/context.ts'
import { workspaceInfo } from '../workspaceInfo.ts'
import { scrub } from './engineLog.ts'

export interface ReportParts {
  config: EngineConfig
  context: WorkContext
  status: SyncStatus
  clockOffsetMs: number
  link: DiagnosticsReport['link']
  backups: BackupRow[]
  errors: LogLine[]
  /** What a check of the database found; undefined when none was asked for. */
  check: CheckResult | undefined
}

/** Puts together what support asks first. */
export function makeReport(parts: ReportParts): DiagnosticsReport {
  const { config, context, status, check } = parts
  const { db } = context
  const info = workspaceInfo(config, context)
  const waiting = outboxRows(db).filter(({ state }) => state === 'waiting')
  const [oldest] = waiting
  return {
    at: instantNow(context.clock),
    versions: versions(info.versions),
    system: system(config.workspaceDir),
    workspace: {
      kind: info.kind, source: scrub(info.source, []), location: info.location, user: info.user.id, device: info.deviceId,
      auditEpochs: auditEpochs(db).length, access: isStopped(db) ? 'stopped' : isViewOnly(db) ? 'viewOnly' : 'write',
    },
    ...(config.keyring === undefined ? {} : { keyring: config.keyring }),
    database: { ...databaseReport(db), integrity: integrityOf(db, check) },
    queue: {
      phase: status.phase, waiting: status.outbox.waiting, dead: status.outbox.dead, auditBacklog: status.auditBacklog,
      ...(oldest === undefined ? {} : { oldestAt: oldest.createdAt }), ...(status.lastSyncAt === undefined ? {} : { lastSyncAt: status.lastSyncAt }),
    },
    clockOffsetMs: parts.clockOffsetMs, link: parts.link,
    cache: { usedBytes: status.prefetch.usedBytes, budgetBytes: status.prefetch.budgetBytes },
    backups: parts.backups, errors: parts.errors,
  }
}

function versions(known: { app: string; sqlite: string; betterSqlite3: string }): Record<string, string> {
  const { electron, chrome, node } = process.versions as Record<string, string | undefined>
  const all = { Fieldmark: known.app, Electron: electron, Chromium: chrome, Node: node, SQLite: known.sqlite, 'better-sqlite3': known.betterSqlite3 }
  return Object.fromEntries(Object.entries(all).flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])))
}

function system(folder: string): DiagnosticsReport['system'] {
  const { bavail, bsize } = statfsSync(folder)
  return { platform: platform(), release: release(), arch: arch(), cpus: cpus().length, memoryBytes: totalmem(), freeMemoryBytes: freemem(), freeDiskBytes: bavail * bsize }
}

const SETTINGS = ['journal_mode', 'synchronous', 'locking_mode', 'foreign_keys', 'page_size', 'page_count', 'freelist_count'] as const

function databaseReport(db: WorkDatabase): Omit<DiagnosticsReport['database'], 'integrity'> {
  const tables = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).pluck().all()
  return {
    name: 'work.db', path: db.name, bytes: sizeOf(db.name), logBytes: sizeOf(`${db.name}-wal`), schema: { version: schemaVersion(db), newest: MIGRATIONS.length },
    settings: Object.fromEntries(SETTINGS.map((name) => [name, String(db.pragma(name, { simple: true }))])),
    rows: Object.fromEntries(tables.map((table) => [table, countRows(db, table)])),
  }
}

/** -1 for a table that cannot be read, which is when a report is needed most. */
function countRows(db: WorkDatabase, table: string): number {
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0
  } catch {
    return -1
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function integrityOf(db: WorkDatabase, check: CheckResult | undefined): DiagnosticsReport['database']['integrity'] {
  if (check === undefined) return { state: isStopped(db) ? 'damaged' : 'unchecked', findings: [] }
  return { state: check.integrity.length === 0 ? 'sound' : 'damaged', findings: check.integrity.slice(0, 20) }
}

/** The name of a file that is written for support, at `at`. */
export function supportFileName(at: string): string {
  return `fieldmark-support-${InstantSchema.parse(at).replaceAll(':', '-').replace(/\..*$/, '')}.zip`
}
