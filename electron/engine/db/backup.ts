import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../sync/ports.ts'
import { checkFile, checkInThread, isSound } from './checkCopy.ts'
import type { WorkDatabase } from './sqlite.ts'
import { sql } from './sqlite.ts'

/** How many verified backups are kept, and of these made before a migration. */
const KEPT = 3
const KEPT_BEFORE_MIGRATION = 1
const BACKUP_NAME = /^work-(\d{15})(-before-migration)?\.db$/

/** A verified copy; `at` is in milliseconds since 1970. */
export interface Backup { name: string; at: number; bytes: number }

/** The copy does not pass its check: the database itself may be damaged. */
export class UnsoundBackupError extends Error {
  override readonly name = 'UnsoundBackupError'
}

/**
 * Copies the open database into `folder` by SQLite's backup API while the work goes on, checks the copy in a thread of its own and drops the oldest
 * beyond three; answers the copy's path. @throws UnsoundBackupError when the copy does not pass its check; the older backups stay then.
 */
export async function backUp(db: WorkDatabase, folder: string, clock: Clock): Promise<string> {
  const { path, unchecked } = newBackup(folder, clock.now(), '')
  await db.backup(unchecked)
  if (!isSound(await checkInThread(unchecked))) {
    rmSync(unchecked, { force: true })
    throw new UnsoundBackupError('The backup does not pass its integrity check')
  }
  return keepBackup(folder, path, unchecked)
}

/** As `backUp`, for a database that is about to get another schema; nothing else happens meanwhile. */
export function backUpBeforeMigration(db: WorkDatabase, folder: string, now: number): string {
  const { path, unchecked } = newBackup(folder, now, '-before-migration')
  sql(db, 'VACUUM INTO ?').run(unchecked)
  if (!isSound(checkFile(unchecked))) {
    rmSync(unchecked, { force: true })
    throw new UnsoundBackupError('The backup before the migration does not pass its integrity check')
  }
  return keepBackup(folder, path, unchecked)
}

function newBackup(folder: string, now: number, kind: '' | '-before-migration'): { path: string; unchecked: string } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `work-${String(now).padStart(15, '0')}${kind}.db`)
  const unchecked = `${path}.part`
  rmSync(unchecked, { force: true })
  return { path, unchecked }
}

function keepBackup(folder: string, path: string, checked: string): string {
  renameSync(checked, path)
  const [migrations, others] = [true, false].map((before) => listBackups(folder).filter(({ name }) => name.includes('-before-') === before))
  for (const { name } of [...(migrations ?? []).slice(KEPT_BEFORE_MIGRATION), ...(others ?? []).slice(KEPT)]) rmSync(join(folder, name))
  return path
}

/** The backups of a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const at = BACKUP_NAME.exec(name)?.[1]
    return at === undefined ? [] : [{ name, at: Number(at), bytes: statSync(join(folder, name)).size }]
  }).sort((a, b) => b.at - a.at)
}

/**
 * Puts a damaged `work.db` aside as `work.db.damaged-<milliseconds>` and the newest sound backup in its place. The server brings the rest back.
 * Answers what was restored, or undefined when there is no sound backup: then the next open starts empty.
 */
export function restoreNewestBackup(path: string, folder: string, clock: Clock): string | undefined {
  putAside(path, 'damaged', clock)
  const newest = listBackups(folder).find(({ name }) => isSound(checkFile(join(folder, name))))?.name
  if (newest !== undefined) copyFileSync(join(folder, newest), path)
  return newest
}

/** Puts a backup in the place of `work.db`, which is kept beside it as `work.db.replaced-<milliseconds>`. @throws UnsoundBackupError, with nothing changed. */
export function restoreBackup(path: string, folder: string, name: string, clock: Clock): void {
  if (!BACKUP_NAME.test(name) || !existsSync(join(folder, name))) throw new UnsoundBackupError(`There is no backup ${name}`)
  if (!isSound(checkFile(join(folder, name)))) throw new UnsoundBackupError(`The backup ${name} is damaged; nothing was changed`)
  const copy = `${path}.restoring`
  copyFileSync(join(folder, name), copy)
  putAside(path, 'replaced', clock)
  renameSync(copy, path)
}

function putAside(path: string, why: 'damaged' | 'replaced', clock: Clock): void {
  const aside = `${path}.${why}-${clock.now()}`
  for (const suffix of ['', '-wal']) {
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`)
  }
}
