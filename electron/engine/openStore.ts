import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readHighWaterMark, type HighWaterMark } from './audit/highWaterMark.ts'
import { restoreBackup, restoreNewestBackup, UnsoundBackupError } from './db/backup.ts'
import { assertNotInUse, DatabaseDamagedError, openWorkDatabase } from './db/open.ts'
import { auditEpochs, auditSize } from './db/repositories/auditLog.ts'
import type { WorkDatabase } from './db/sqlite.ts'
import { StartError } from './startFailure.ts'
import type { ViewOnlyReason } from '../../shared/rpc/workspace.ts'
import type { Clock } from './sync/ports.ts'

/**
 * How the database at hand is older than it should be: a backup took the place of a damaged one, which is kept beside it (`databaseRestored`), or
 * one was chosen by a person (`backupRestored`); or its newest part was taken away, as by removing the write-ahead log or putting an older file in its place (`workMissing`).
 */
export type Setback = 'databaseRestored' | 'backupRestored' | 'workMissing'

export interface OpenedStore {
  db: WorkDatabase
  setback: Setback | undefined
  /** Why it is open for looking only. */
  viewOnly?: ViewOnlyReason
}

export const backupFolder = (workspaceDir: string) => join(workspaceDir, 'backups')
export const highWaterMarkFile = (workspaceDir: string) => join(workspaceDir, 'high-water.json')

/** Opens the work database of a workspace; from the backup that a person chose, or when it is damaged. @throws StartError, WorkspaceInUseError, RpcError. */
export function openStore(workspaceDir: string, clock: Clock, backup?: string): OpenedStore {
  makeFolder(workspaceDir)
  const path = join(workspaceDir, 'work.db')
  if (backup !== undefined) {
    replaceBy(backup, path, backupFolder(workspaceDir), clock)
    return openForWork(path, false, 'backupRestored')
  }
  const mark = readHighWaterMark(highWaterMarkFile(workspaceDir))
  const lacksLog = mark?.open === true && existsSync(path) && !existsSync(`${path}-wal`)
  try {
    const opened = openForWork(path, mark?.suspect)
    const isMissingWork = opened.viewOnly === undefined && (lacksLog || (mark !== undefined && isBehind(opened.db, mark)))
    return isMissingWork ? { ...opened, setback: 'workMissing' } : opened
  } catch (error) {
    if (!(error instanceof DatabaseDamagedError)) throw error
    restoreNewestBackup(path, backupFolder(workspaceDir), clock)
    return openForWork(path, false, 'databaseRestored')
  }
}

function replaceBy(backup: string, path: string, folder: string, clock: Clock): void {
  assertNotInUse(path)
  try {
    restoreBackup(path, folder, backup, clock)
  } catch (error) {
    if (error instanceof UnsoundBackupError) throw new StartError('backupUnsound', error.message, { cause: error })
    throw error
  }
}

/** Whether the device has said of its chain that it went farther than here. */
function isBehind(db: WorkDatabase, { checkpoint }: HighWaterMark): boolean {
  if (checkpoint === undefined) return false
  const epoch = auditEpochs(db).find(({ device }) => device === checkpoint.device)?.epoch
  return epoch === undefined || auditSize(db, epoch) < checkpoint.size
}

function openForWork(path: string, isSuspect = false, setback?: Setback): OpenedStore {
  const opened = openWorkDatabase(path, undefined, isSuspect)
  return opened.access === 'write' ? { db: opened.db, setback } : { db: opened.db, setback: undefined, viewOnly: opened.reason }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError('folderReadOnly', `${path} cannot be made: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
