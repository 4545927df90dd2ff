import { join } from 'node:path'
import type { BackupRow, WorkSince } from '../../../shared/rpc/diagnostics.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { backUp, listBackups, UnsoundBackupError, type Backup } from '../db/backup.ts'
import { checkInThread, isSound } from '../db/checkCopy.ts'
import { workSince } from '../db/repositories/workSince.ts'
import { isStopped, onCommit, stopWriting } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'

/** A backup is made when something changed and this long (milliseconds) or this many commits have passed since the last one. */
const EVERY_MS = 30 * 60_000
const EVERY_COMMITS = 2000

/** The rolling backups of an open workspace. */
export interface Backups {
  list(): Promise<BackupRow[]>
  /** Makes one now. @throws UnsoundBackupError when the database is damaged: it is not written any more then. */
  make(): Promise<BackupRow>
  /** What was done since a backup was made. @throws RpcError notFound. */
  workSince(name: string): WorkSince
  /** Makes a last one if anything changed, and no more. */
  close(): Promise<void>
}

/** Makes backups as the work goes on, one at a time. `onError` hears why one could not be made. */
export function keepBackups({ db, clock }: Pick<WorkContext, 'db' | 'clock'>, folder: string, { background, onError }: { background: boolean; onError: (error: unknown) => void }): Backups {
  // What the last run left without a backup counts too.
  let commits = 1
  let making: Promise<unknown> = Promise.resolve()
  const sound = new Map<string, boolean>()
  const kept = keptBackups(db, folder, sound)
  const make = () => {
    const made = making.then(async () => {
      commits = 0
      const path = await backUpTwice(db, folder, clock)
      return listBackups(folder).find(({ name }) => join(folder, name) === path)
    })
    making = made.catch(() => undefined)
    return made
  }
  // A database that is not trusted any more must not push out a sound backup.
  const isDue = () => background && db.open && commits > 0 && !isStopped(db)
  const timer = setInterval(() => { if (isDue()) make().catch(onError) }, EVERY_MS).unref()
  onCommit(db, () => { if (++commits === EVERY_COMMITS && isDue()) make().catch(onError) })
  return {
    ...kept,
    async make() {
      const made = await make()
      if (made === undefined) throw new Error('The backup is gone')
      sound.set(made.name, true)
      return rowOf(made, true)
    },
    async close() {
      clearInterval(timer)
      if (isDue()) await make().catch(onError)
      await making
    },
  }
}

/** The backups of a folder as they are, beside the open database. `sound` remembers what was checked. */
export function keptBackups(db: WorkContext['db'], folder: string, sound = new Map<string, boolean>()): Pick<Backups, 'list' | 'workSince'> {
  return {
    async list() {
      const rows: BackupRow[] = []
      for (const backup of listBackups(folder)) {
        const known = sound.get(backup.name) ?? isSound(await checkInThread(join(folder, backup.name)))
        sound.set(backup.name, known)
        rows.push(rowOf(backup, known))
      }
      return rows
    },
    workSince(name) {
      const backup = listBackups(folder).find((each) => each.name === name)
      if (backup === undefined) throw new RpcError('notFound', `There is no backup ${name}`)
      return workSince(db, instantOf(backup.at))
    },
  }
}

/** A copy that is bad twice shows that the database itself is; once, it may be the disk that the copy went to. */
async function backUpTwice(db: WorkContext['db'], folder: string, clock: WorkContext['clock']): Promise<string> {
  try {
    return await backUp(db, folder, clock)
  } catch (error) {
    if (!(error instanceof UnsoundBackupError)) throw error
  }
  try {
    return await backUp(db, folder, clock)
  } catch (error) {
    if (error instanceof UnsoundBackupError) stopWriting(db, error.message)
    throw error
  }
}

function rowOf({ name, at, bytes }: Backup, sound: boolean): BackupRow {
  return { name, at: instantOf(at), bytes, sound }
}
