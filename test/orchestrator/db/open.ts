import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import type { Dialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { initial } from './migrations/0001-initial.ts'
import { pixelSize } from './migrations/0002-pixel-size.ts'
import { versions } from './migrations/0003-versions.ts'
import { statements } from './migrations/0004-statements.ts'
import { gold } from './migrations/0005-gold.ts'
import { auditArrival } from './migrations/0006-audit-arrival.ts'
import { replicaGroups } from './migrations/0007-replica-groups.ts'
import { submissionsByTask } from './migrations/0008-submissions-by-task.ts'
import type { Database, Tables, Trx } from './tables.ts'
import { WriteQueue } from './writeQueue.ts'

/** SQLite in a file, or PostgreSQL behind a URL (`postgres://user:password@host:port/name`). */
export type DatabaseLocation = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string }

const migrations = { '0001-initial': initial, '0002-pixel-size': pixelSize, '0003-versions': versions, '0004-statements': statements, '0005-gold': gold, '0006-audit-arrival': auditArrival, '0007-replica-groups': replicaGroups, '0008-submissions-by-task': submissionsByTask }
const INT8 = 20
const MOST_STATEMENTS = 500

/** Opens the database and brings its schema up to date. @throws when a migration fails; nothing of it stays. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const db = new Kysely<Tables>({ dialect: dialectOf(location), plugins: [new CamelCasePlugin()] })
  try {
    const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } }).migrateToLatest()
    if (error) throw error instanceof Error ? error : new Error('A migration failed', { cause: error })
    const state = { id: 1, epoch: randomUUID(), changeSeq: 0, submissionSeq: 0 }
    await db.insertInto('serverState').values(state).onConflict((conflict) => conflict.column('id').doNothing()).execute()
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

function dialectOf(location: DatabaseLocation): Dialect {
  if (location.kind === 'sqlite') return sqlite(location.file)
  const types = new pg.TypeOverrides()
  // Sequences and sizes stay far below 2^53, so numbers are exact.
  types.setTypeParser(INT8, Number)
  const pool = new pg.Pool({ connectionString: location.url, types, max: 8, connectionTimeoutMillis: 10_000, query_timeout: 30_000 })
  // A server that goes away breaks idle connections too; the next query reports it.
  pool.on('error', () => undefined)
  return new PostgresDialect({ pool })
}

function sqlite(file: string): Dialect {
  mkdirSync(dirname(file), { recursive: true })
  const database = new SqliteDatabase(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  return new SqliteDialect({ database: keepingStatements(database) })
}

/** The driver prepares a statement for each query; the same text gets the same one. */
function keepingStatements(database: SqliteDatabase.Database): SqliteDatabase.Database {
  const prepare = database.prepare.bind(database)
  const kept = new Map<string, SqliteDatabase.Statement>()
  database.prepare = ((text: string) => {
    const statement = kept.get(text) ?? prepare(text)
    if (kept.size < MOST_STATEMENTS) kept.set(text, statement)
    return statement
  }) as typeof database.prepare
  return database
}

const queues = new WeakMap<Database, WriteQueue>()

/**
 * Runs a write in a transaction, alone or with others that came at the same time: when it resolves, that is on the disk. Writers run one after the other: no
 * deadlocks, no change that becomes visible before an earlier one.
 */
export function inWrite<Result>(db: Database, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  const queue = queues.get(db) ?? new WriteQueue(db)
  queues.set(db, queue)
  return queue.add(work)
}
