import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeCheckpoint } from '../../../../electron/engine/audit/checkpoint.ts'
import { writeHighWaterMark } from '../../../../electron/engine/audit/highWaterMark.ts'
import { makeEntry } from '../../../../electron/engine/audit/makeEntry.ts'
import { auditHead, auditRun, insertAuditEntry, toAuditEntry } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { Database } from '../../../../electron/engine/db/sqlite.ts'
import type { WorkDatabase } from '../../../../electron/engine/db/sqlite.ts'
import { instantNow } from '../../../../electron/engine/work/context.ts'
import { exportAuditLog } from '../../../../electron/engine/work/exportAuditLog.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { verifyAuditFile } from '../../../../electron/engine/work/verifyAuditFile.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { aServer, aWorkspaceWithTasks } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const signal = new AbortController().signal

/** A log of 13 entries of which the server has signed for 10. */
function aLog(): TestWorkspace {
  const workspace = aWorkspaceWithTasks(12)
  const server = aServer().knownTo(workspace)
  const store = createSyncStore(workspace)
  const segment = store.nextAuditSegment(10)
  if (segment === undefined) throw new Error('no entries')
  store.acceptAuditReceipt(server.auditReceiptFor(segment))
  return workspace
}

async function exported(): Promise<{ file: string; lines: string[]; workspace: TestWorkspace }> {
  const workspace = aLog()
  const { file } = await exportAuditLog(workspace, temporaryFolder(), () => undefined, signal)
  return { file, workspace, lines: readFileSync(file, 'utf8').trimEnd().split('\n') }
}

async function faultsOf(file: string): Promise<string[]> {
  const { faults, faultCount } = await verifyAuditFile(file, () => undefined, signal)
  expect(faultCount).toBe(faults.length)
  return faults.map(({ kind, epoch, seq }) => `${kind} ${epoch}/${seq}`)
}

type Lines = readonly string[]
const placeOf = (lines: Lines, seq: number) => lines.findIndex((line) => line.startsWith('{"kind":"entry"') && line.includes(`"seq":${seq},`))
/** Changes the fields of the line of an entry. */
const changed = (lines: Lines, seq: number, change: (entry: Record<string, unknown>) => unknown) =>
  lines.map((line, place) => (place === placeOf(lines, seq) ? JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)) : line))
/** The last line says how many there are, which whoever tampers with a file sees to. */
const counted = (lines: Lines) => lines.map((line) => (line.startsWith('{"kind":"end"') ? JSON.stringify({ kind: 'end', lines: lines.length }) : line))

describe('verification of an exported audit log', () => {
  it('finds nothing wrong with a sound one, and says what it checked', async () => {
    const { file } = await exported()
    const progress: number[] = []
    expect(await verifyAuditFile(file, (done, total) => progress.push(done, total), signal)).toEqual({ kind: 'export', entries: 13, epochs: 1, receipts: 1, acknowledged: 10, faults: [], faultCount: 0 })
    expect(progress).toEqual([13, 13])
  })

  it.each<[string, (lines: Lines) => Lines, string[]]>([
    ['a changed payload', (lines) => changed(lines, 5, (entry) => ({ ...entry, payload: '{}' })), ['payloadMismatch 1/5']],
    ['a changed time', (lines) => changed(lines, 5, (entry) => ({ ...entry, wall: '2020-01-01T00:00:00.000Z' })), ['hashMismatch 1/5']],
    ['a changed signature', (lines) => changed(lines, 5, (entry) => ({ ...entry, signature: 'AAAA' })), ['badSignature 1/5']],
    ['a removed entry', (lines) => counted(lines.toSpliced(placeOf(lines, 5), 1)), ['gap 1/6', 'brokenLink 1/6']],
    ['an entry that is there twice', (lines) => counted(lines.toSpliced(placeOf(lines, 5), 0, lines[placeOf(lines, 5)] ?? '')), ['gap 1/5', 'brokenLink 1/5']],
    ['lines in another order', (lines) => lines.with(placeOf(lines, 5), lines[placeOf(lines, 6)] ?? '').with(placeOf(lines, 6), lines[placeOf(lines, 5)] ?? ''), ['gap 1/5', 'brokenLink 1/5', 'gap 1/6', 'brokenLink 1/6', 'gap 1/7', 'brokenLink 1/7']],
    ['entries that changed numbers', (lines) => {
      const halfWay = changed(changed(lines, 5, (entry) => ({ ...entry, seq: 60 })), 6, (entry) => ({ ...entry, seq: 5 }))
      return changed(halfWay, 60, (entry) => ({ ...entry, seq: 6 }))
    }, ['gap 1/5', 'reordered 1/5', 'gap 1/6', 'reordered 1/6', 'gap 1/7']],
    ['a tail cut off', (lines) => counted(lines.filter((line, place) => !line.startsWith('{"kind":"entry"') || place <= placeOf(lines, 8))), ['cutTail 1/9', 'cutTail 1/9']],
    ['a checkpoint that somebody else wrote', (lines) => lines.map((line) => line.replace(/("kind":"checkpoint".*"size":)\d+/, '$15')), ['badCheckpoint 1/5']],
    ['a receipt that somebody else wrote', (lines) => lines.map((line) => line.replace(/("kind":"receipt".*"size":)\d+/, '$19')), ['badReceipt 1/9']],
    ['a file that ends too early', (lines) => lines.slice(0, -3), ['cutFile 1/0']],
    ['a line that is something else', (lines) => lines.with(placeOf(lines, 5), 'something else'), ['unreadable 1/5', 'gap 1/6', 'brokenLink 1/6']],
  ])('shows where %s breaks it', async (_name, tamper, expected) => {
    const { file, lines } = await exported()
    writeFileSync(file, `${tamper(lines).join('\n')}\n`)
    expect((await faultsOf(file)).sort()).toEqual([...expected].sort())
  })

  it('shows that a chain was written anew with the key of the device', async () => {
    const workspace = aLog()
    recompute(workspace, 7)
    const { file } = await exportAuditLog(workspace, temporaryFolder(), () => undefined, signal)
    expect(await faultsOf(file)).toEqual(['recomputed 1/10'])
  })

  it('says of a file that it is no audit log, or not there', async () => {
    const file = join(temporaryFolder(), 'notes.txt')
    writeFileSync(file, 'milk\nbread\n')
    await expect(faultsOf(file)).rejects.toMatchObject({ code: 'validationFailed' })
    await expect(faultsOf(`${file}.not`)).rejects.toMatchObject({ code: 'notFound' })
  })
})

/** Writes the chain anew from an entry on, soundly signed, as somebody with the device's key could. */
function recompute({ db, key }: TestWorkspace, from: number): void {
  const entries = auditRun(db, 1, 0, 1000).map(toAuditEntry)
  db.prepare('DELETE FROM audit WHERE seq >= ?').run(from)
  let end = entries[from - 2]
  for (const { device, epoch, seq, type, payload, wall, monotonicMs } of entries.slice(from - 1)) {
    const other = { ...payload, details: { ...payload.details, changed: true } }
    end = makeEntry(key, { device, epoch, seq: seq - 1, hash: end?.hash }, type, other, { wall, monotonicMs })
    insertAuditEntry(db, end, canonicalJson(other))
  }
}

/** The database of a log as it lies in a folder that somebody copied, write-ahead log and checkpoint with it. */
function aCopy(tamper: (db: WorkDatabase) => void = () => undefined): string {
  const workspace = aLog()
  const folder = join(temporaryFolder(), 'copied')
  mkdirSync(folder)
  const { hash, ...end } = auditHead(workspace.db)
  if (hash === undefined) throw new Error('no entries')
  writeHighWaterMark(join(folder, 'high-water.json'), { open: true, checkpoint: makeCheckpoint(workspace.key, { ...end, hash }, instantNow(workspace.clock)) })
  for (const name of ['work.db', 'work.db-wal']) copyFileSync(join(workspace.folder, name), join(folder, name))
  const file = join(folder, 'work.db')
  const db = new Database(file)
  db.pragma('foreign_keys = OFF')
  tamper(db)
  db.close()
  return file
}

describe('verification of a copied work database', () => {
  it('finds nothing wrong with a sound one, leaves it as it is, and keeps nothing of it', async () => {
    const file = aCopy()
    const before = readFileSync(file)
    const temporary = () => readdirSync(tmpdir()).filter((name) => name.startsWith('fieldmark-audit-')).length
    const count = temporary()
    expect(await verifyAuditFile(file, () => undefined, signal)).toEqual({ kind: 'database', entries: 13, epochs: 1, receipts: 1, acknowledged: 10, faults: [], faultCount: 0 })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(temporary()).toBe(count)
  })

  it.each<[string, string, string[]]>([
    ['a changed payload', `UPDATE audit SET payload = '{' WHERE seq = 5`, ['payloadMismatch 1/5']],
    ['a removed entry', 'DELETE FROM audit WHERE seq = 5', ['gap 1/6', 'brokenLink 1/6']],
    ['an end that was cut off after the last receipt', 'DELETE FROM audit WHERE seq > 11', ['cutTail 1/12']],
    ['an epoch that is missing', 'UPDATE audit_epochs SET epoch = 2; UPDATE audit SET epoch = 2', ['gap 1/1', ...Array.from({ length: 13 }, (_, place) => `hashMismatch 2/${place + 1}`), 'cutTail 1/1']],
  ])('shows where %s breaks it', async (_name, change, expected) => {
    expect(await faultsOf(aCopy((db) => db.exec(change)))).toEqual(expected)
  })

  it('reads one of an older version, and refuses one without a log', async () => {
    const file = aCopy((db) => db.exec('DROP INDEX audit_facets; DROP INDEX audit_time; ALTER TABLE audit DROP COLUMN actor; ALTER TABLE audit_epochs DROP COLUMN left_at; PRAGMA user_version = 7'))
    expect(await faultsOf(file)).toEqual([])
    await expect(faultsOf(aCopy((db) => db.exec('DROP TABLE audit')))).rejects.toMatchObject({ code: 'validationFailed' })
  })

  it('can be given up', async () => {
    await expect(verifyAuditFile(aCopy(), () => undefined, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})
