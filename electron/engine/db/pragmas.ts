import type { WorkDatabase } from './sqlite.ts'

/** Milliseconds to wait for the lock of another process: a killed one may need a moment to be gone. */
const BUSY_TIMEOUT_MS = 1500
const OLDEST_SQLITE = [3, 46, 0] as const

/**
 * What every connection to `work.db` is set to, in this order: exclusive locking before WAL keeps the WAL index in memory instead of in a
 * shared-memory file, and `synchronous=FULL` makes a commit survive a power loss. `fullfsync` is what macOS needs for the same.
 */
const PRAGMAS: readonly (readonly [name: string, value: string, reads: unknown])[] = [
  ['busy_timeout', String(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS],
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cache_size', '-16384', -16384],
  ['temp_store', 'MEMORY', 2],
  ...(process.platform === 'darwin' ? ([['fullfsync', 'ON', 1], ['checkpoint_fullfsync', 'ON', 1]] as const) : []),
]

/** Bytes; it counts for new databases only. The journal line of a usual shape fits a page of this size, so that an edit writes fewer pages. */
const PAGE_SIZE = 8192

/** Sets the pragmas and takes the lock of the file. @throws SqliteError SQLITE_BUSY when another process holds it. */
export function setPragmas(db: WorkDatabase): void {
  db.pragma(`page_size = ${PAGE_SIZE}`)
  for (const [name, value] of PRAGMAS) db.pragma(`${name} = ${value}`)
}

/** @throws Error when a pragma did not take or SQLite is older than the engine was tested with. */
export function assertPragmas(db: WorkDatabase): void {
  for (const [name, , expected] of PRAGMAS) {
    const actual = db.pragma(name, { simple: true })
    if (actual !== expected) throw new Error(`PRAGMA ${name} is ${String(actual)}, expected ${String(expected)}`)
  }
  const version = sqliteVersion(db)
  if (isOlder(version.split('.').map(Number), OLDEST_SQLITE)) throw new Error(`SQLite ${version} is older than ${OLDEST_SQLITE.join('.')}`)
}

/** SQLite's version, as `3.46.1`. */
export function sqliteVersion(db: WorkDatabase): string {
  return String(db.prepare('SELECT sqlite_version()').pluck().get())
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  for (const [place, least] of than.entries()) {
    const part = version[place] ?? 0
    if (part !== least) return part < least
  }
  return false
}
