import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { layBallast } from '../../../../electron/engine/db/ballast.ts'
import { DatabaseDamagedError, openWorkDatabase, WorkspaceInUseError } from '../../../../electron/engine/db/open.ts'
import type { OpenedDatabase } from '../../../../electron/engine/db/open.ts'
import { schemaVersion } from '../../../../electron/engine/db/migrate.ts'
import { MIGRATIONS } from '../../../../electron/engine/db/migrations/all.ts'
import { writeMeta, readMeta } from '../../../../electron/engine/db/repositories/meta.ts'
import { inTransaction } from '../../../../electron/engine/db/transaction.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { mountMemory } from './mountMemory.ts'

const newest = MIGRATIONS.length

function open(path: string, migrations = MIGRATIONS): OpenedDatabase {
  const opened = openWorkDatabase(path, migrations)
  onTestFinished(() => { opened.db.close() })
  return opened
}

describe('openWorkDatabase', () => {
  it('creates the database with durable pragmas and the newest schema', () => {
    const { db, access } = open(join(temporaryFolder(), 'work.db'))
    expect(access).toBe('write')
    expect(schemaVersion(db)).toBe(newest)
    expect(db.pragma('locking_mode', { simple: true })).toBe('exclusive')
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
  })

  it('keeps no shared-memory file', () => {
    const folder = temporaryFolder()
    open(join(folder, 'work.db'))
    expect(existsSync(join(folder, 'work.db-wal'))).toBe(true)
    expect(existsSync(join(folder, 'work.db-shm'))).toBe(false)
  })

  it('refuses a second opener, of this process or another, with a clear error', async () => {
    const path = join(temporaryFolder(), 'work.db')
    open(path)
    expect(() => openWorkDatabase(path)).toThrow(WorkspaceInUseError)
    const script = `import('${join(import.meta.dirname, '../../../../electron/engine/db/open.ts')}').then(({ openWorkDatabase }) => {
      try { openWorkDatabase(${JSON.stringify(path)}); console.log('opened') } catch (error) { console.log(error.name) } })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    for await (const chunk of child.stdout) output += String(chunk)
    expect(output.trim()).toBe('WorkspaceInUseError')
  })

  it('opens a newer database for looking only and leaves it as it is', () => {
    const path = join(temporaryFolder(), 'work.db')
    const first = openWorkDatabase(path)
    writeMeta(first.db, 'serverEpoch', 'kept')
    first.db.close()
    const older = open(path, MIGRATIONS.slice(0, -1))
    expect(older).toMatchObject({ access: 'readOnly', reason: 'databaseNewer' })
    expect(readMeta(older.db, 'serverEpoch')).toBe('kept')
    expect(() => { inTransaction(older.db, () => { writeMeta(older.db, 'serverEpoch', 'changed') }) }).toThrow(expect.objectContaining({ code: 'readOnly' }))
    expect(schemaVersion(older.db)).toBe(newest)
  })

  it('says that a file which is no database is damaged and keeps its bytes', () => {
    const path = join(temporaryFolder(), 'work.db')
    writeFileSync(path, 'this is not a database, it is a sentence that goes on for long enough to fill a header of a hundred bytes or more')
    expect(() => openWorkDatabase(path)).toThrow(DatabaseDamagedError)
    expect(readFileSync(path, 'utf8')).toContain('this is not a database')
  })

  it('does not lay a ballast where the disk is small', mountMemory.test('2m', (folder) => {
    layBallast(join(folder, 'ballast'))
    expect(existsSync(join(folder, 'ballast'))).toBe(false)
  }))

  it('gives up its ballast when the disk is full at the start, and opens', mountMemory.test('4m', (folder) => {
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(2_000_000))
    mountMemory.fill(folder)
    const { access } = open(join(folder, 'work.db'))
    expect(access).toBe('write')
    expect(existsSync(join(folder, 'ballast'))).toBe(false)
  }))

  it('shows the work when the disk is full and there is nothing to give up', mountMemory.test('4m', (folder) => {
    const path = join(folder, 'work.db')
    const before = openWorkDatabase(path, MIGRATIONS)
    writeMeta(before.db, 'serverEpoch', 'kept')
    before.db.close()
    mountMemory.fill(folder)
    const later = [...MIGRATIONS, { version: newest + 1, up: (db: OpenedDatabase['db']) => db.exec(`CREATE TABLE big (x); INSERT INTO big VALUES (zeroblob(4000000))`) }]
    expect(() => openWorkDatabase(path, later)).toThrow(expect.objectContaining({ code: 'diskFull' }))
    const { db } = open(path)
    expect(readMeta(db, 'serverEpoch')).toBe('kept')
  }))

  it('shows the work in a folder that cannot be written', mountMemory.test('4m', (folder) => {
    const path = join(folder, 'work.db')
    const before = openWorkDatabase(path)
    writeMeta(before.db, 'serverEpoch', 'kept')
    before.db.close()
    mountMemory.makeReadOnly(folder)
    const opened = open(path)
    expect(opened).toMatchObject({ access: 'readOnly', reason: 'folderReadOnly' })
    expect(readMeta(opened.db, 'serverEpoch')).toBe('kept')
    expect(() => { inTransaction(opened.db, () => { writeMeta(opened.db, 'serverEpoch', 'changed') }) }).toThrow(expect.objectContaining({ code: 'readOnly' }))
    expect(() => openWorkDatabase(join(folder, 'other.db'))).toThrow(expect.objectContaining({ code: 'readOnly' }))
  }))
})
