import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

const VERSION = 2

const SCHEMA = `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  -- A picture keeps its row for ever, so that it is known again when it comes back. tile_source and pixel_size are JSON or NULL.
  CREATE TABLE pictures (
    asset_id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    schema_hash TEXT NOT NULL,
    head_revision TEXT,
    gone INTEGER NOT NULL DEFAULT 0,
    tile_source TEXT,
    pixel_size TEXT
  ) STRICT;
  CREATE UNIQUE INDEX present_paths ON pictures (path) WHERE gone = 0;
  CREATE INDEX pictures_by_content ON pictures (sha256);
  -- What pull hands out, in order; never rewritten, so that a record always comes after those it refers to.
  CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, change TEXT NOT NULL) STRICT;
  CREATE TABLE submissions (seq INTEGER PRIMARY KEY AUTOINCREMENT, submission_id TEXT NOT NULL UNIQUE, receipt TEXT NOT NULL) STRICT;
  CREATE TABLE devices (device_id TEXT PRIMARY KEY, public_key TEXT NOT NULL) STRICT;
  CREATE TABLE audit (device TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (device, epoch, seq)) STRICT;
`

/** What the first version did not know: pyramids and physical sizes. */
const FROM_VERSION_1 = 'ALTER TABLE pictures ADD COLUMN tile_source TEXT; ALTER TABLE pictures ADD COLUMN pixel_size TEXT;'

/** Opens or creates the catalog of a local folder. It holds receipts, so it is as durable as `work.db`. @throws Error when it was made by a newer version. */
export function openCatalogDatabase(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true })
  const db = new Database(path)
  try {
    for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'fullfsync = ON', 'foreign_keys = ON']) db.pragma(pragma)
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > VERSION) throw new Error(`The catalog of this folder was made by a newer version (${version})`)
    if (version < VERSION) {
      db.transaction(() => {
        db.exec(version === 0 ? SCHEMA : FROM_VERSION_1)
        db.pragma(`user_version = ${VERSION}`)
      })()
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
