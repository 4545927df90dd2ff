/**
 * Tells of everything that is made durable, right before and right after: commits and single statements of every database, and files that get
 * their name. It stands in for the libraries that the engine writes with, so that the engine knows nothing of it. A point bears the name of
 * the function that writes.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import Database from 'better-sqlite3'
import type { Moment } from './messages.ts'

export type OnPersistence = (point: string, moment: Moment) => void

const WRITES = /^\s*(INSERT|UPDATE|DELETE)\b/i
/** What lies between a library and the function that a point is named after. */
const PLUMBING = new Set(['inTransaction', 'change', 'pragma', '#run', '#guarded', '#unlessFull', 'work', 'insertAll', '#sql'])

export function watchPersistence(tell: OnPersistence): void {
  watchStatements(tell)
  watchTransactions(tell)
  watchRenames(tell)
}

function watchStatements(tell: OnPersistence): void {
  const prepare = Database.prototype.prepare
  Database.prototype.prepare = function (this: Database.Database, text: string) {
    const statement = prepare.call(this, text)
    const run = statement.run.bind(statement) as (...parameters: unknown[]) => Database.RunResult
    const isWrite = WRITES.test(text)
    const alone = () => text === 'COMMIT' || (isWrite && !this.inTransaction)
    statement.run = (...parameters: unknown[]) => (alone() ? around(tell, () => run(...parameters)) : run(...parameters))
    return statement
  } as typeof prepare
}

function watchTransactions(tell: OnPersistence): void {
  const transaction = Database.prototype.transaction
  Database.prototype.transaction = function (this: Database.Database, work: (...parameters: unknown[]) => unknown) {
    const run = transaction.call(this, work)
    return (...parameters: unknown[]) => around(tell, () => run(...parameters))
  } as typeof transaction
}

function watchRenames(tell: OnPersistence): void {
  const { renameSync, copyFileSync } = fs
  const { rename } = fs.promises
  fs.renameSync = (...names) => around(tell, () => { renameSync(...names) })
  fs.copyFileSync = (...names) => around(tell, () => { copyFileSync(...names) })
  fs.promises.rename = async (...names) => {
    const point = callingFunction()
    tell(point, 'before')
    await rename(...names)
    tell(point, 'after')
  }
  syncBuiltinESMExports()
}

function around<T>(tell: OnPersistence, write: () => T): T {
  const point = callingFunction()
  tell(point, 'before')
  const result = write()
  tell(point, 'after')
  return result
}

/** The innermost named function of the product that led here. */
function callingFunction(): string {
  const frames = (new Error().stack ?? '').split('\n').filter((line) => line.includes('/electron/engine/'))
  for (const frame of frames) {
    const called = /^\s*at (?:async )?(?:new )?(?:[\w$]+\.)?([\w.#$]+)(?: \[as [\w.]+\])? \(/.exec(frame)?.[1]
    if (called !== undefined && called !== '<anonymous>' && !PLUMBING.has(called)) return called
  }
  return 'unknown'
}
