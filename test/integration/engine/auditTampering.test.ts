import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDeviceKey } from '../../../electron/engine/audit/deviceKey.ts'
import { makeEntry } from '../../../electron/engine/audit/makeEntry.ts'
import { auditHead, auditRun, insertAuditEntry, toAuditEntry } from '../../../electron/engine/db/repositories/auditLog.ts'
import { Database, type WorkDatabase } from '../../../electron/engine/db/sqlite.ts'
import type { Engine } from '../../../electron/engine/engine.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { InstantSchema, TaskIdSchema } from '../../../shared/domain/ids.ts'
import { draw, openEngineLab, pullAll, type EngineLab } from './engineLab.ts'

const SCRIPT = resolve(import.meta.dirname, '../../independent/verifyAudit.mjs')

/** A workspace whose log the server acknowledged up to some entry, with more after it; closed. */
async function aLog(): Promise<{ lab: EngineLab; acknowledged: number; size: number }> {
  const lab = await openEngineLab()
  for (const name of ['a', 'b', 'c']) await lab.addTask(name)
  const engine = await lab.open()
  await pullAll(engine)
  await submit(engine, 'a')
  await engine.syncOnce()
  const { audit } = await engine.call('verify.run', { jobId: 'verify' })
  await submit(engine, 'b')
  await submit(engine, 'c')
  await engine.stop()
  return { lab, acknowledged: audit.acknowledged, size: audit.entries + 2 }
}

async function submit(engine: Engine, name: string): Promise<void> {
  await draw(engine, name, `shape-${name}`)
  await engine.call('tasks.submit', { taskId: TaskIdSchema.parse(`task-${name}`), timeOnTaskMs: 1000 })
}

/** Changes the closed database behind the program's back. */
function tamper({ folder }: EngineLab, change: (db: WorkDatabase) => void): void {
  const db = new Database(join(folder, 'work.db'))
  db.pragma('foreign_keys = OFF')
  change(db)
  db.close()
}

async function exportOf(lab: EngineLab, name = 'export'): Promise<string> {
  const directory = join(lab.folder, '..', name)
  mkdirSync(directory, { recursive: true })
  const engine = await lab.open()
  const { file } = await engine.call('audit.export', { jobId: 'export', directory })
  await engine.stop()
  return file
}

/** What the independent script prints and ends with. */
function verifyIndependently(...files: string[]): Promise<{ code: number; kinds: Set<string>; output: string }> {
  return new Promise((settle) => {
    execFile(process.execPath, [SCRIPT, ...files], (error, output) => {
      settle({ code: error === null ? 0 : Number(error.code), output, kinds: new Set([...output.matchAll(/^(\w+) \d+\/\d+:/gm)].map(([, kind = '']) => kind)) })
    })
  })
}

async function kindsFoundHere(lab: EngineLab): Promise<Set<string>> {
  const engine = await lab.open()
  const report = await engine.call('verify.run', { jobId: 'verify' })
  expect(report.ok).toBe(report.audit.faults.length === 0)
  await engine.stop()
  return new Set(report.audit.faults.map(({ kind }) => kind))
}

/** Writes the chain anew from an entry on, soundly signed, as somebody with the device's key could. */
function recompute(db: WorkDatabase, folder: string, from: number): void {
  const key = openDeviceKey(join(folder, 'device-key.pem'))
  const entries = auditRun(db, 1, 0, 1000).map(toAuditEntry)
  db.prepare('DELETE FROM audit WHERE epoch = 1 AND seq >= ?').run(from)
  let end = entries[from - 2]
  for (const { device, epoch, seq, type, payload, wall, monotonicMs } of entries.slice(from - 1)) {
    const changed = { ...payload, details: { ...payload.details, changed: true } }
    end = makeEntry(key, { device, epoch, seq: seq - 1, hash: end?.hash }, type, changed, { wall, monotonicMs })
    insertAuditEntry(db, end, canonicalJson(changed))
  }
}

/** Appends an entry that a stranger signed. */
function addEntry(db: WorkDatabase, folder: string): void {
  const stranger = openDeviceKey(join(folder, '..', 'stranger.pem'))
  const entry = makeEntry(stranger, auditHead(db), 'exported', { details: {} }, { wall: InstantSchema.parse('2026-05-01T10:00:00.000Z'), monotonicMs: 1 })
  insertAuditEntry(db, entry, canonicalJson(entry.payload))
}

describe('the audit log of a workspace on disk', () => {
  it('is sound to the program and to the independent script', async () => {
    const { lab, size } = await aLog()
    expect(await kindsFoundHere(lab)).toEqual(new Set())
    const file = await exportOf(lab)
    expect(await verifyIndependently(file)).toMatchObject({ code: 0, output: expect.stringContaining(`${size} entries in 1 epochs`) as string })
    const kinds = readFileSync(file, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { kind: string }).kind)
    expect(new Set(kinds)).toEqual(new Set(['header', 'serverKey', 'epoch', 'entry', 'receipt', 'checkpoint', 'end']))
    expect(readdirSync(join(lab.folder, '..', 'export'))).toHaveLength(1)
  })

  it.each<[string, (db: WorkDatabase, log: Awaited<ReturnType<typeof aLog>>) => void, string[]]>([
    ['a changed payload', (db) => db.exec(`UPDATE audit SET payload = json_set(payload, '$.details.extra', 1) WHERE seq = 3`), ['payloadMismatch']],
    ['a changed time', (db) => db.exec(`UPDATE audit SET wall = '2020-01-01T00:00:00.000Z' WHERE seq = 3`), ['hashMismatch']],
    ['a removed entry', (db) => db.exec('DELETE FROM audit WHERE seq = 3'), ['gap', 'brokenLink']],
    ['an added entry', (db, { lab }) => { addEntry(db, lab.folder) }, ['badSignature']],
    ['entries in another order', (db) => db.exec('UPDATE audit SET seq = CASE seq WHEN 2 THEN 30 ELSE 20 END WHERE seq IN (2, 3); UPDATE audit SET seq = seq / 10 WHERE seq IN (20, 30)'), ['brokenLink', 'reordered']],
    ['a tail cut off that the server has signed for', (db, { acknowledged }) => db.prepare('DELETE FROM audit WHERE seq >= ?').run(acknowledged), ['cutTail']],
    ['a recomputed chain', (db, { lab }) => { recompute(db, lab.folder, 3) }, ['recomputed']],
  ])('shows %s, here and to the independent script', async (_name, change, expected) => {
    const log = await aLog()
    tamper(log.lab, (db) => { change(db, log) })
    expect(await kindsFoundHere(log.lab)).toEqual(new Set(expected))
    const { code, kinds } = await verifyIndependently(await exportOf(log.lab))
    expect({ code, kinds }).toEqual({ code: 1, kinds: new Set(expected) })
  })

  it('shows a copied device as forked, by the word of the server and by two exports that differ', async () => {
    const { lab } = await aLog()
    const files = ['work.db', 'high-water.json'].map((name) => join(lab.folder, name))
    for (const file of files) copyFileSync(file, `${file}.copy`)
    const first = await workAndExport(lab, 'first')
    for (const file of files) copyFileSync(`${file}.copy`, file)
    const second = await workAndExport(lab, 'second')
    expect(await kindsFoundHere(lab)).toEqual(new Set(['forked']))
    expect((await verifyIndependently(second)).kinds).toEqual(new Set(['forked']))
    expect((await verifyIndependently(first)).code).toBe(0)
    expect((await verifyIndependently(first, second)).output).toContain('two exports hold different entries')
  })

  it('shows an export that was cut or tampered with', async () => {
    const { lab } = await aLog()
    const file = await exportOf(lab)
    const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '')
    const write = (changed: readonly string[]) => { writeFileSync(file, `${changed.join('\n')}\n`) }
    write(lines.slice(0, -3))
    expect((await verifyIndependently(file)).kinds).toContain('cutFile')
    write(lines.filter((line) => !line.includes('"seq":3,')).map((line) => line.replace(`"lines":${lines.length}`, `"lines":${lines.length - 1}`)))
    expect((await verifyIndependently(file)).kinds).toEqual(new Set(['gap', 'brokenLink']))
    write(lines.map((line) => (line.startsWith('{"kind":"checkpoint"') ? line.replace(/"size":\d+/, '"size":2') : line)))
    expect((await verifyIndependently(file)).kinds).toEqual(new Set(['badCheckpoint']))
  })
})

async function workAndExport(lab: EngineLab, name: string): Promise<string> {
  const engine = await lab.open()
  await draw(engine, 'a', `again-${name}`)
  await engine.call('tasks.submit', { taskId: TaskIdSchema.parse('task-a'), timeOnTaskMs: 1000 })
  await engine.syncOnce()
  await engine.stop()
  return exportOf(lab, name)
}
