import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../sync/ports.ts'
import { Database } from './sqlite.ts'
import type { WorkDatabase } from './sqlite.ts'

/** How many verified backups are kept. */
const KEPT = 3
const BACKUP_NAME = /^work-\d{15}\.db$/

/**
 * Copies the open database into `folder` by SQLite's backup API, checks the copy and drops the oldest beyond three; answers the copy's path.
 * @throws Error when the copy does not pass its check; the older backups stay then.
 */
export async function backUp(db: WorkDatabase, folder: string, clock: Clock): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `work-${String(clock.now()).padStart(15, '0')}.db`)
  const unchecked = `${path}.part`
  rmSync(unchecked, { force: true })
  await db.backup(unchecked)
  if (!seal(unchecked)) {
    rmSync(unchecked, { force: true })
    throw new Error('The backup does not pass its integrity check')
  }
  renameSync(unchecked, path)
  for (const old of backups(folder).slice(KEPT)) rmSync(join(folder, old))
  return path
}

/**
 * Puts a damaged `work.db` aside as `work.db.damaged-<milliseconds>` and the newest sound backup in its place. The server brings the rest back.
 * Answers what was restored, or undefined when there is no sound backup: then the next open starts empty.
 */
export function restoreNewestBackup(path: string, folder: string, clock: Clock): string | undefined {
  const aside = `${path}.damaged-${clock.now()}`
  for (const suffix of ['', '-wal']) {
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`)
  }
  if (!existsSync(folder)) return undefined
  const newest = backups(folder).find((name) => seal(join(folder, name)))
  if (newest !== undefined) copyFileSync(join(folder, newest), path)
  return newest
}

/** Names of the backups, newest first. */
function backups(folder: string): string[] {
  return readdirSync(folder).filter((name) => BACKUP_NAME.test(name)).sort().reverse()
}

/** Checks a copy and makes it one plain file without a WAL. */
function seal(path: string): boolean {
  let copy: WorkDatabase | undefined
  try {
    copy = new Database(path, { fileMustExist: true })
    copy.pragma('locking_mode = EXCLUSIVE')
    copy.pragma('journal_mode = DELETE')
    return copy.pragma('integrity_check', { simple: true }) === 'ok'
  } catch {
    return false
  } finally {
    copy?.close()
  }
}
