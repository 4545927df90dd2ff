import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { restoreNewestBackup } from './db/backup.ts'
import { DatabaseDamagedError, openWorkDatabase } from './db/open.ts'
import type { WorkDatabase } from './db/sqlite.ts'
import { StartError } from './startFailure.ts'
import type { Clock } from './sync/ports.ts'

export interface OpenedStore {
  db: WorkDatabase
  /** The database was damaged and a backup took its place; the damaged files are kept beside it. */
  restored: boolean
}

export const backupFolder = (workspaceDir: string) => join(workspaceDir, 'backups')

/** Opens the work database of a workspace, from a backup when it is damaged. @throws StartError, WorkspaceInUseError, RpcError. */
export function openStore(workspaceDir: string, clock: Clock): OpenedStore {
  makeFolder(workspaceDir)
  const path = join(workspaceDir, 'work.db')
  try {
    return { db: openForWork(path), restored: false }
  } catch (error) {
    if (!(error instanceof DatabaseDamagedError)) throw error
    restoreNewestBackup(path, backupFolder(workspaceDir), clock)
    return { db: openForWork(path), restored: true }
  }
}

function openForWork(path: string): WorkDatabase {
  const opened = openWorkDatabase(path)
  if (opened.access === 'write') return opened.db
  opened.db.close()
  throw new StartError(opened.reason, opened.detail)
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError('folderReadOnly', `${path} cannot be made: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
