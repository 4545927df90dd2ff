import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { memoryFolder } from '../memoryFolder.ts'

export type Rows = Record<string, unknown>[]

/** A database to be looked into. */
export interface Evidence {
  all(query: string, ...parameters: unknown[]): Rows
  /** The first column of every row. */
  column(query: string, ...parameters: unknown[]): unknown[]
}

/** Looks into copies of a database's files, so that what is looked at stays as the engine left it. */
export function withCopy<T>(path: string, look: (db: Evidence) => T): T {
  const folder = memoryFolder('evidence')
  try {
    for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, join(folder, `copy.db${suffix}`))
    const db = new Database(join(folder, 'copy.db'))
    try {
      return look(evidenceOf(db))
    } finally {
      db.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Looks into a database that another one has open. */
export function withOpen<T>(path: string, look: (db: Evidence) => T): T {
  const db = new Database(path, { readonly: true })
  try {
    return look(evidenceOf(db))
  } finally {
    db.close()
  }
}

function evidenceOf(db: Database.Database): Evidence {
  return {
    all: (query, ...parameters) => db.prepare<unknown[], Record<string, unknown>>(query).all(...parameters),
    column: (query, ...parameters) => db.prepare(query).pluck().all(...parameters),
  }
}

export function json(text: unknown): Record<string, unknown> {
  return JSON.parse(String(text)) as Record<string, unknown>
}
