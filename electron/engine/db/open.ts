import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { ViewOnlyReason } from '../../../shared/rpc/workspace.ts'
import { backUpBeforeMigration } from './backup.ts'
import { dropBallast, layBallast } from './ballast.ts'
import { migrate, schemaVersion } from './migrate.ts'
import type { Migration } from './migrate.ts'
import { MIGRATIONS } from './migrations/all.ts'
import { assertPragmas, setPragmas } from './pragmas.ts'
import { Database, sqliteCode } from './sqlite.ts'
import type { WorkDatabase } from './sqlite.ts'
import { asStorageFailure } from './transaction.ts'

/** Another process has the workspace open. */
export class WorkspaceInUseError extends Error {
  override readonly name = 'WorkspaceInUseError'
}

/** The file is not a sound database; see `backup.ts`. */
export class DatabaseDamagedError extends Error {
  override readonly name = 'DatabaseDamagedError'
}

/** An open database: writable, or for looking only and why. Every write to a read-only one fails with RpcError readOnly. */
export type OpenedDatabase =
  | { access: 'write'; db: WorkDatabase }
  | { access: 'readOnly'; db: WorkDatabase; reason: ViewOnlyReason; detail: string }

/**
 * Opens or creates `work.db` at `path` and brings its schema up to date; one that ended uncleanly or is suspect is checked first. A full disk gives up the ballast beside it and tries once more.
 * @throws WorkspaceInUseError, DatabaseDamagedError; RpcError diskFull or readOnly when there is not even a database to look at.
 */
export function openWorkDatabase(path: string, migrations: readonly Migration[] = MIGRATIONS, isSuspect = false): OpenedDatabase {
  if (!isWritable(path)) return openReadOnlyFolder(path, migrations)
  const ballast = join(dirname(path), 'ballast')
  try {
    return openForWriting(path, ballast, migrations, isSuspect)
  } catch (error) {
    if (!isDiskFull(error)) throw explained(error)
  }
  try {
    if (dropBallast(ballast)) return openForWriting(path, ballast, migrations, isSuspect)
  } catch (error) {
    if (!isDiskFull(error)) throw explained(error)
  }
  return openOnFullDisk(path, migrations)
}

function openForWriting(path: string, ballast: string, migrations: readonly Migration[], isSuspect: boolean): OpenedDatabase {
  const endedUncleanly = existsSync(`${path}-wal`)
  const db = connect(path)
  try {
    if (endedUncleanly || isSuspect) assertSound(db)
    const newest = migrations.at(-1)?.version ?? 0
    if (schemaVersion(db) > newest) {
      return viewOnly(db, 'databaseNewer', `The database has version ${schemaVersion(db)}, this program knows ${newest}`)
    }
    if (schemaVersion(db) > 0 && schemaVersion(db) < newest) backUpBeforeMigration(db, join(dirname(path), 'backups'), Date.now())
    migrate(db, migrations)
    layBallast(ballast)
    return { access: 'write', db }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Opens the file and takes its lock. */
function connect(path: string): WorkDatabase {
  const db = new Database(path)
  try {
    setPragmas(db)
    assertPragmas(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** @throws DatabaseDamagedError when the tables cannot be trusted. */
function assertSound(db: WorkDatabase): void {
  const findings = db.pragma('quick_check(5)', { simple: true })
  if (findings !== 'ok') throw new DatabaseDamagedError(String(findings))
}

/** A database that needs no migration can be read without a free byte. */
function openOnFullDisk(path: string, migrations: readonly Migration[]): OpenedDatabase {
  const db = connect(path)
  if (schemaVersion(db) === newestVersion(migrations)) return viewOnly(db, 'diskFull', 'The disk is full')
  db.close()
  throw new RpcError('diskFull', 'The disk is too full to open the workspace')
}

/** SQLite cannot open a WAL database that it may not lock, so a copy in memory is shown. */
function openReadOnlyFolder(path: string, migrations: readonly Migration[]): OpenedDatabase {
  if (!existsSync(path)) throw new RpcError('readOnly', 'The folder cannot be written and holds no workspace')
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) {
    throw new RpcError('readOnly', 'The workspace was not closed properly and cannot be recovered in a folder that cannot be written')
  }
  const bytes = readFileSync(path)
  // Bytes 18 and 19 of the header say WAL (2); a database in memory has none (1). See https://sqlite.org/fileformat2.html#file_format_version_numbers
  bytes.fill(1, 18, 20)
  const db = new Database(bytes)
  if (schemaVersion(db) === newestVersion(migrations)) return viewOnly(db, 'folderReadOnly', 'The folder cannot be written')
  db.close()
  throw new RpcError('readOnly', 'The workspace is of another version and its folder cannot be written')
}

/** @throws WorkspaceInUseError when another process has the database open. A damaged one is nobody's. */
export function assertNotInUse(path: string): void {
  if (!existsSync(path)) return
  let db: WorkDatabase | undefined
  try {
    db = new Database(path, { timeout: 1500 })
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE; ROLLBACK')
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw explained(error)
  } finally {
    db?.close()
  }
}

/** Whether a database was opened for looking only. */
export function isViewOnly(db: WorkDatabase): boolean {
  return db.pragma('query_only', { simple: true }) === 1
}

function viewOnly(db: WorkDatabase, reason: ViewOnlyReason, detail: string): OpenedDatabase {
  db.pragma('query_only = ON')
  return { access: 'readOnly', db, reason, detail }
}

function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

function isWritable(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK)
    if (existsSync(path)) accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Whether an error says that there is no room left, in whichever layer it arose. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof RpcError) return error.code === 'diskFull'
  return sqliteCode(error) === 'SQLITE_FULL' || (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
}

/** The error that tells the person what is wrong, where we know it. */
function explained(error: unknown): unknown {
  const code = sqliteCode(error)
  if (code?.startsWith('SQLITE_BUSY')) return new WorkspaceInUseError('Another Fieldmark has this workspace open', { cause: error })
  if (code?.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new DatabaseDamagedError(String(error), { cause: error })
  return asStorageFailure(error) ?? error
}
