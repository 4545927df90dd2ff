import { inTransaction } from './transaction.ts'
import type { WorkDatabase } from './sqlite.ts'

/** One step of the database's schema; `version` is its number and the `user_version` that it leaves behind. */
export interface Migration {
  readonly version: number
  readonly up: (db: WorkDatabase) => void
}

/** The schema version of a database; 0 for an empty one. */
export function schemaVersion(db: WorkDatabase): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** Applies the migrations that are missing, each in a transaction of its own with its `user_version`: the old schema or the new one, never between. */
export function migrate(db: WorkDatabase, migrations: readonly Migration[]): void {
  for (const { version, up } of migrations) {
    if (version <= schemaVersion(db)) continue
    if (version !== schemaVersion(db) + 1) throw new Error(`Migration ${version} does not follow version ${schemaVersion(db)}`)
    inTransaction(db, () => {
      up(db)
      db.pragma(`user_version = ${version}`)
    })
  }
}
