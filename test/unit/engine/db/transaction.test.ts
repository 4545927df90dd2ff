import { describe, expect, it } from 'vitest'
import { Database } from '../../../../electron/engine/db/sqlite.ts'
import { inTransaction, onWriteProblem, writeProblem } from '../../../../electron/engine/db/transaction.ts'

function aDatabase() {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE t (x INTEGER) STRICT')
  return db
}
const count = (db: ReturnType<typeof aDatabase>) => db.prepare('SELECT count(*) FROM t').pluck().get()

describe('inTransaction', () => {
  it('takes everything back when the work throws, and leaves the error as it is', () => {
    const db = aDatabase()
    const error = new Error('no')
    expect(() => inTransaction(db, () => { db.exec('INSERT INTO t VALUES (1)'); throw error })).toThrow(error)
    expect(count(db)).toBe(0)
    expect(inTransaction(db, () => 7)).toBe(7)
  })

  it('does not nest', () => {
    const db = aDatabase()
    expect(() => inTransaction(db, () => inTransaction(db, () => 1))).toThrow('do not nest')
  })

  it.each([
    ['SQLITE_FULL', 'diskFull'], ['SQLITE_READONLY_DBMOVED', 'readOnly'],
  ])('tells %s as %s and lets the next write try', (code, told) => {
    const db = aDatabase()
    expect(() => inTransaction(db, () => { db.exec('INSERT INTO t VALUES (1)'); throw new Database.SqliteError('x', code) })).toThrow(expect.objectContaining({ code: told }))
    expect(writeProblem(db)).toBe(told)
    inTransaction(db, () => db.exec('INSERT INTO t VALUES (2)'))
    expect(count(db)).toBe(1)
    expect(writeProblem(db)).toBeUndefined()
  })

  it('tells when nothing can be stored any more, and when it can again', () => {
    const db = aDatabase()
    const told: unknown[] = []
    onWriteProblem(db, () => { told.push(writeProblem(db)) })
    const fail = (code: string) => { expect(() => inTransaction(db, () => { throw new Database.SqliteError('x', code) })).toThrow() }
    fail('SQLITE_FULL')
    fail('SQLITE_FULL')
    inTransaction(db, () => db.exec('INSERT INTO t VALUES (1)'))
    expect(() => inTransaction(db, () => { throw new Error('no') })).toThrow('no')
    fail('SQLITE_IOERR_FSYNC')
    expect(told).toEqual(['diskFull', undefined, 'databaseDamaged'])
  })

  it.each(['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_WRITE', 'SQLITE_CORRUPT'])('writes nothing any more after %s', (code) => {
    const db = aDatabase()
    const damaged = expect.objectContaining({ code: 'databaseDamaged' }) as Error
    expect(() => inTransaction(db, () => { throw new Database.SqliteError('x', code) })).toThrow(damaged)
    expect(() => inTransaction(db, () => db.exec('INSERT INTO t VALUES (1)'))).toThrow(damaged)
    expect(count(db)).toBe(0)
  })
})
