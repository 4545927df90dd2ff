import { RpcError } from '../../../shared/rpc/errors.ts'
import { sql, sqliteCode } from './sqlite.ts'
import type { WorkDatabase } from './sqlite.ts'

/** Connections that must not be written any more: after a failed fsync nobody knows what the disk holds. */
const stopped = new WeakSet<WorkDatabase>()

/** Why nothing can be stored at the moment. */
export type WriteProblem = 'diskFull' | 'readOnly' | 'databaseDamaged'
const problems = new WeakMap<WorkDatabase, WriteProblem>()
const problemListeners = new WeakMap<WorkDatabase, (() => void)[]>()

const listeners = new WeakMap<WorkDatabase, (() => void)[]>()
const stopListeners = new WeakMap<WorkDatabase, ((detail: string) => void)[]>()

/** Calls `listener` after each commit of this connection; it must be quick and must not throw. */
export function onCommit(db: WorkDatabase, listener: () => void): void {
  listeners.set(db, [...(listeners.get(db) ?? []), listener])
}

/** Calls `listener` when writing stops for good; see `stopWriting`. */
export function onStopped(db: WorkDatabase, listener: (detail: string) => void): void {
  stopListeners.set(db, [...(stopListeners.get(db) ?? []), listener])
}

/** Why the last transaction could not be stored; undefined when it was, or none was tried. */
export function writeProblem(db: WorkDatabase): WriteProblem | undefined {
  return problems.get(db)
}

/** Calls `listener` when `writeProblem` is another one, or none any more. */
export function onWriteProblem(db: WorkDatabase, listener: () => void): void {
  problemListeners.set(db, [...(problemListeners.get(db) ?? []), listener])
}

function noteWriteProblem(db: WorkDatabase, problem: WriteProblem | undefined): void {
  if (problems.get(db) === problem) return
  if (problem === undefined) problems.delete(db)
  else problems.set(db, problem)
  for (const listener of problemListeners.get(db) ?? []) listener()
}

/** Lets nothing be written any more, because what the file holds cannot be trusted. */
export function stopWriting(db: WorkDatabase, detail: string): void {
  if (stopped.has(db)) return
  stopped.add(db)
  noteWriteProblem(db, 'databaseDamaged')
  for (const listener of stopListeners.get(db) ?? []) listener(detail)
}

export function isStopped(db: WorkDatabase): boolean {
  return stopped.has(db)
}

/**
 * Runs `work` in one durable transaction: everything it wrote is on the disk when this returns, or nothing of it is.
 * @throws RpcError diskFull, readOnly or databaseDamaged for what the disk refuses; whatever `work` throws, rolled back.
 */
export function inTransaction<T>(db: WorkDatabase, work: () => T): T {
  if (db.inTransaction) throw new Error('A use case is one transaction; they do not nest')
  if (stopped.has(db)) throw new RpcError('databaseDamaged', 'Writing has stopped after a disk error; reopen the workspace')
  let committed = false
  try {
    sql(db, 'BEGIN IMMEDIATE').run()
    const result = work()
    sql(db, 'COMMIT').run()
    committed = true
    return result
  } catch (error) {
    // SQLite has rolled back by itself after some errors.
    if (db.inTransaction) sql(db, 'ROLLBACK').run()
    const failure = asStorageFailure(error)
    if (failure === undefined) throw error
    if (failure.code === 'databaseDamaged') stopWriting(db, failure.message)
    else noteWriteProblem(db, problemOf(error))
    throw failure
  } finally {
    if (committed) {
      noteWriteProblem(db, undefined)
      for (const listener of listeners.get(db) ?? []) listener()
    }
  }
}

/** What a SQLite error means to the person, or undefined when it is a bug of ours. */
export function asStorageFailure(error: unknown): RpcError | undefined {
  const problem = problemOf(error)
  return problem && new RpcError(problem, `${sqliteCode(error)}: ${error instanceof Error ? error.message : ''}`, { cause: error })
}

function problemOf(error: unknown): WriteProblem | undefined {
  const code = sqliteCode(error)
  if (code === 'SQLITE_FULL') return 'diskFull'
  if (code?.startsWith('SQLITE_READONLY')) return 'readOnly'
  if (code?.startsWith('SQLITE_IOERR') || code?.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'databaseDamaged'
  return undefined
}
