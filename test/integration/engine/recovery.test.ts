import { openSync, closeSync, writeSync, fstatSync } from 'node:fs'
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Database } from '../../../electron/engine/db/sqlite.ts'
import type { Engine } from '../../../electron/engine/engine.ts'
import { startFailureOf } from '../../../electron/engine/startFailure.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { draw, listen, openEngineLab, openTask, pullAll, type EngineLab } from './engineLab.ts'

const taskId = TaskIdSchema.parse('task-one')

async function aLab(): Promise<{ lab: EngineLab; engine: Engine }> {
  const lab = await openEngineLab()
  await lab.addTask('one')
  const engine = await lab.open()
  await pullAll(engine)
  await draw(engine, 'one', 'shape-1')
  return { lab, engine }
}

/** Overwrites the pages of a table in the database file, as a failing disk would. */
function ruin(path: string, table: string): void {
  const db = new Database(path)
  const pageSize = Number(db.pragma('page_size', { simple: true }))
  const root = db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) ?? 0
  db.close()
  const file = openSync(path, 'r+')
  expect(fstatSync(file).size).toBeGreaterThan(root * pageSize - 1)
  writeSync(file, Buffer.alloc(pageSize, 0xff), 0, pageSize, (root - 1) * pageSize)
  closeSync(file)
}

const shapesOf = async (engine: Engine) => (await openTask(engine, 'one')).records.map(({ id }) => id)

describe('a backup', () => {
  it('is made when asked, listed with its check, and restored: the present database is kept, the server brings the rest, and nothing counts twice', async () => {
    const { lab, engine } = await aLab()
    await engine.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
    const made = await engine.call('backups.make', {})
    expect(await engine.call('backups.list', {})).toEqual([made])
    expect(made.sound).toBe(true)
    await engine.syncOnce()
    const { deviceId } = await engine.call('workspace.info', {})
    await engine.stop()
    const before = await readFile(join(lab.folder, 'work.db'))

    const restored = await lab.open({ restoreBackup: made.name })
    expect(listen(restored)('engine.notice')).toEqual([{ code: 'backupRestored', detail: lab.folder }])
    expect(await restored.call('sync.status', {})).toMatchObject({ outbox: { waiting: 1 } })
    expect((await restored.call('workspace.info', {})).deviceId).not.toBe(deviceId)
    const [aside] = (await readdir(lab.folder)).filter((name) => name.startsWith('work.db.replaced-'))
    expect(await readFile(join(lab.folder, aside ?? ''))).toEqual(before)
    expect(await pullAll(restored)).toMatchObject({ phase: 'synced', outbox: { waiting: 0, dead: 0 } })
    expect(await lab.server.listSubmissions()).toHaveLength(1)
    // The server holds more of the old device's log than the backup does, which stays visible for ever.
    expect(await restored.call('verify.run', { jobId: 'verify' })).toMatchObject({ audit: { faults: [{ kind: 'cutTail', epoch: 1 }, { kind: 'forked', epoch: 1 }] }, database: { integrity: [] }, revisions: { damaged: [] } })
  })

  it('tells what was done since it was made', async () => {
    const { engine } = await aLab()
    const { name } = await engine.call('backups.make', {})
    const since = () => engine.call('backups.since', { name })
    expect(await since()).toEqual({ edited: 0, unsent: 0, sent: 0 })
    await draw(engine, 'one', 'shape-2')
    expect(await since()).toEqual({ edited: 1, unsent: 0, sent: 0 })
    await engine.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
    expect(await since()).toEqual({ edited: 0, unsent: 1, sent: 0 })
    await engine.syncOnce()
    expect(await since()).toEqual({ edited: 0, unsent: 0, sent: 1 })
    await expect(engine.call('backups.since', { name: 'work-000000000000000.db' })).rejects.toMatchObject({ code: 'notFound' })
  })

  it('that is damaged or unknown is never restored, and changes nothing', async () => {
    const { lab, engine } = await aLab()
    const made = await engine.call('backups.make', {})
    await engine.stop()
    await writeFile(join(lab.folder, 'backups', made.name), 'not a database')
    const before = await readFile(join(lab.folder, 'work.db'))
    for (const restoreBackup of [made.name, 'work-000000000000000.db', '../work.db']) {
      expect(startFailureOf(await lab.open({ restoreBackup }).catch((error: unknown) => error))).toMatchObject({ code: 'backupUnsound' })
    }
    expect(await readFile(join(lab.folder, 'work.db'))).toEqual(before)
    const again = await lab.open()
    expect(await again.call('backups.list', {})).toMatchObject([{ name: made.name, sound: false }])
  })

  it('is not restored under the hands of another process', async () => {
    const { lab, engine } = await aLab()
    const made = await engine.call('backups.make', {})
    expect(startFailureOf(await lab.open({ restoreBackup: made.name }).catch((error: unknown) => error)).code).toBe('workspaceInUse')
    expect(await shapesOf(engine)).toEqual(['shape-1'])
  })
})

describe('a database that is damaged while it was closed', () => {
  it('is noticed by the next backup: writing stops, it is told, the sound backups stay, and the next start restores one', async () => {
    const { lab, engine } = await aLab()
    const made = await engine.call('backups.make', {})
    await engine.stop()
    ruin(join(lab.folder, 'work.db'), 'audit_receipts')

    const ailing = await lab.open()
    const told = listen(ailing)
    expect(told('engine.notice')).toEqual([])
    await expect(ailing.call('backups.make', {})).rejects.toThrow('integrity')
    expect(told('engine.notice')).toMatchObject([{ code: 'databaseDamaged' }])
    expect(listen(ailing)('engine.notice')).toMatchObject([{ code: 'databaseDamaged' }])
    await expect(draw(ailing, 'one', 'shape-2')).rejects.toMatchObject({ code: 'databaseDamaged' })
    expect(told('sync.changed').at(-1)).toMatchObject({ phase: 'notSaving' })
    expect(await ailing.call('sync.status', {})).toMatchObject({ phase: 'notSaving' })
    expect(await ailing.call('diagnostics.get', {})).toMatchObject({ workspace: { access: 'stopped' }, database: { integrity: { state: 'damaged' } }, backups: [made], errors: [{ source: 'database' }] })
    await ailing.stop()

    const restored = await lab.open()
    expect(listen(restored)('engine.notice')).toMatchObject([{ code: 'databaseRestored' }])
    expect(await shapesOf(restored)).toEqual(['shape-1'])
    await draw(restored, 'one', 'shape-2')
    expect(await restored.call('verify.run', { jobId: 'verify' })).toMatchObject({ ok: true })
  })

  it('is noticed by a check that a person asks for, and by reading what is damaged', async () => {
    const { lab, engine } = await aLab()
    await engine.stop()
    await copyFile(join(lab.folder, 'work.db'), join(lab.folder, 'sound'))
    ruin(join(lab.folder, 'work.db'), 'predictions')
    const checked = await lab.open()
    const report = await checked.call('diagnostics.get', { check: true })
    expect(report.database.integrity.state).toBe('damaged')
    expect(report.database.integrity.findings.length).toBeGreaterThan(0)
    expect(listen(checked)('engine.notice')).toMatchObject([{ code: 'databaseDamaged' }])
    await checked.stop()

    await copyFile(join(lab.folder, 'sound'), join(lab.folder, 'work.db'))
    await rm(join(lab.folder, 'high-water.json'))
    ruin(join(lab.folder, 'work.db'), 'projects')
    const read = await lab.open()
    const told = listenAndAsk(read, 'projects.list', {})
    await expect.poll(() => told('engine.notice')).toMatchObject([{ code: 'databaseDamaged' }])
  })
})

/** Asks over a port, as a window does. */
function listenAndAsk(engine: Engine, channel: string, payload: unknown) {
  const told: { event: string; payload: unknown }[] = []
  let ask: (message: unknown) => void = () => undefined
  engine.connect({ postMessage: (message) => { told.push(message as { event: string; payload: unknown }) }, onMessage: (listener) => { ask = listener } })
  ask({ type: 'request', id: 1, channel, payload })
  return (event: string) => told.filter((one) => one.event === event).map((one) => one.payload)
}

describe('a check of a large database', () => {
  it('lets the engine go on answering', async () => {
    const { engine } = await aLab()
    let turns = 0
    const timer = setInterval(() => { turns += 1 }, 1)
    await engine.call('diagnostics.get', { check: true })
    clearInterval(timer)
    await sleep(0)
    expect(turns).toBeGreaterThan(2)
  })
})
