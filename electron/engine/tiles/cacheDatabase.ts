import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Another version means another schema: what is cached can be had again, so the file is thrown away instead of migrated. */
const VERSION = 2

const SCHEMA = `
  -- What is known of an object in the cache; pyramid is JSON or NULL for an image that is shown as one file; pixel_size is JSON or NULL; times are milliseconds since 1970.
  CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY,
    complete INTEGER NOT NULL,
    pyramid TEXT,
    pixel_size TEXT,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX contents_by_use ON contents (used_at);
  CREATE TABLE tiles (
    sha256 TEXT NOT NULL REFERENCES contents ON DELETE CASCADE,
    level INTEGER NOT NULL,
    column INTEGER NOT NULL,
    row INTEGER NOT NULL,
    hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (sha256, level, column, row)
  ) STRICT;
  CREATE TABLE thumbnails (
    sha256 TEXT PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
    hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
`

/**
 * Opens `cache.db`; a damaged or outdated one is replaced by an empty one. On a full disk the cache of this run is in memory: images are looked into
 * anew, but the work can be opened and sent. @throws SqliteError SQLITE_BUSY when another process has it open.
 */
export function openCacheDatabase(path: string): Database.Database {
  try {
    return connect(path)
  } catch (error) {
    if (isFullDisk(error)) return connect(':memory:')
    if (!(error instanceof UnusableCache) && !isDamage(error)) throw error
  }
  deleteCacheDatabase(path)
  return connect(path)
}

/** Whether there is no room to write what was asked for. */
export function isFullDisk(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_FULL'
}

/** Whether SQLite says that the file is not what it wrote. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
}

export function deleteCacheDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-journal']) rmSync(path + suffix, { force: true })
}

class UnusableCache extends Error {}

function connect(path: string): Database.Database {
  const db = new Database(path)
  try {
    // Exclusive locking before WAL: no shared-memory file. NORMAL: a power cut may cost the last tiles, which are fetched again.
    for (const pragma of ['locking_mode = EXCLUSIVE', 'auto_vacuum = INCREMENTAL', 'journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON']) db.pragma(pragma)
    const version = db.pragma('user_version', { simple: true })
    if (version === VERSION) return db
    if (version !== 0) throw new UnusableCache(`The cache has version ${String(version)}`)
    db.transaction(() => {
      db.exec(SCHEMA)
      db.pragma(`user_version = ${VERSION}`)
    })()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
