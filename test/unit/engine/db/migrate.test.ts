import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '../../../../electron/engine/db/migrate.ts'
import { MIGRATIONS } from '../../../../electron/engine/db/migrations/all.ts'
import { openWorkDatabase } from '../../../../electron/engine/db/open.ts'
import { Database } from '../../../../electron/engine/db/sqlite.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const sources = join(import.meta.dirname, '../../../../electron/engine/db/migrations')
const tests = join(import.meta.dirname, 'migrations')

describe('migrations', () => {
  it('are numbered from 1 without a gap, one file each', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, place) => place + 1))
    const files = readdirSync(sources).filter((name) => /^\d{4}-/.test(name)).sort()
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(MIGRATIONS.map(({ version }) => version))
  })

  it('have a test each', () => {
    const untested = readdirSync(sources).filter((name) => /^\d{4}-/.test(name))
      .filter((name) => !readdirSync(tests).includes(name.replace('.ts', '.test.ts')))
    expect(untested).toEqual([])
  })

  it('leave the old schema when one fails half way', () => {
    const db = new Database(':memory:')
    const broken = { version: 2, up: (target: typeof db) => { target.exec('CREATE TABLE half (x)'); target.exec('CREATE TABLE half (x)') } }
    migrate(db, MIGRATIONS.slice(0, 1))
    expect(() => { migrate(db, [...MIGRATIONS.slice(0, 1), broken]) }).toThrow('already exists')
    expect(schemaVersion(db)).toBe(1)
    expect(db.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'`).get()).toEqual({ n: 0 })
  })

  it('leave the old schema when the process is killed half way through one, and go on from there', () => {
    const path = join(temporaryFolder(), 'work.db')
    openWorkDatabase(path, MIGRATIONS.slice(0, 1)).db.close()
    const module = (name: string) => JSON.stringify(join(import.meta.dirname, '../../../../electron/engine/db', name))
    const script = `
      const { openWorkDatabase } = await import(${module('open.ts')})
      const { MIGRATIONS } = await import(${module('migrations/all.ts')})
      const [first, second] = MIGRATIONS
      openWorkDatabase(${JSON.stringify(path)}, [first, { ...second, up: (db) => { second.up(db); process.kill(process.pid, 'SIGKILL') } }])`
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).signal).toBe('SIGKILL')
    const old = openWorkDatabase(path, MIGRATIONS.slice(0, 1))
    expect(old.access).toBe('write')
    expect(old.db.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('journal', 'draft_records')`).all()).toEqual([])
    old.db.close()
    const { db } = openWorkDatabase(path)
    expect(schemaVersion(db)).toBe(MIGRATIONS.length)
    db.close()
  })

  it('refuse to skip a number', () => {
    const db = new Database(':memory:')
    expect(() => { migrate(db, MIGRATIONS.slice(1)) }).toThrow('does not follow')
  })

  it('do nothing the second time', () => {
    const db = new Database(':memory:')
    migrate(db, MIGRATIONS)
    migrate(db, MIGRATIONS)
    expect(schemaVersion(db)).toBe(MIGRATIONS.length)
  })
})
