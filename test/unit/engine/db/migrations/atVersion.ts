import { onTestFinished } from 'vitest'
import { migrate } from '../../../../../electron/engine/db/migrate.ts'
import { MIGRATIONS } from '../../../../../electron/engine/db/migrations/all.ts'
import { Database } from '../../../../../electron/engine/db/sqlite.ts'
import type { WorkDatabase } from '../../../../../electron/engine/db/sqlite.ts'

/** A database in memory as it was at a version, to be filled and then brought forward. */
export function atVersion(version: number): WorkDatabase {
  const db = new Database(':memory:')
  onTestFinished(() => { db.close() })
  db.pragma('foreign_keys = ON')
  forward(db, version)
  return db
}

export function forward(db: WorkDatabase, version: number): void {
  migrate(db, MIGRATIONS.slice(0, version))
}

/** A task in the columns of version 1. */
export function insertTask(db: WorkDatabase, id: string, fields: { priority?: number; dueAt?: string; standing?: string } = {}): void {
  db.prepare(`INSERT INTO tasks (id, project_id, asset_id, schema_hash, state, seq, standing, priority, due_at, name, tags, updated_at)
    VALUES (?, 'p', 'a', 'h', 'assigned', 1, ?, ?, ?, 'n', '{}', '2026-01-01T00:00:00.000Z')`).run(id, fields.standing ?? 'new', fields.priority ?? 0, fields.dueAt ?? null)
}
