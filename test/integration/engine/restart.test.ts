import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WorkspaceInUseError } from '../../../electron/engine/db/open.ts'
import { startFailureOf } from '../../../electron/engine/startFailure.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { adding, removing } from '../../builders/records.ts'
import { draw, listen, openEngineLab, openTask, pullAll, rows, shapeOf } from './engineLab.ts'

const taskId = TaskIdSchema.parse('task-one')

describe('a workspace', () => {
  it('is open in one engine at a time, and free again when that one has stopped', async () => {
    const lab = await openEngineLab()
    const first = await lab.open()
    const refusal: unknown = await lab.open().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(WorkspaceInUseError)
    expect(startFailureOf(refusal).code).toBe('workspaceInUse')
    await lab.addTask('one')
    await pullAll(first)
    await first.stop()
    expect(await rows(await lab.open())).toHaveLength(1)
  })

  it('keeps undo and redo over a restart', async () => {
    const lab = await openEngineLab()
    await lab.addTask('one')
    const before = await lab.open()
    await pullAll(before)
    for (const shape of ['shape-1', 'shape-2', 'shape-3']) await draw(before, 'one', shape)
    const undo = (target: number, shape: string) => ({ kind: 'undo', target, diff: removing(shapeOf(shape)) }) as const
    await before.call('tasks.commit', { taskId, afterSeq: 3, lines: [undo(3, 'shape-3'), undo(2, 'shape-2')], timeOnTaskMs: 2000 })
    await before.stop()

    const engine = await lab.open()
    const open = await openTask(engine, 'one')
    expect(open.undo.map(({ seq }) => seq)).toEqual([1])
    expect(open.redo.map(({ seq }) => seq)).toEqual([3, 2])
    expect(open.records.map(({ id }) => id)).toEqual(['shape-1'])
    await engine.call('tasks.commit', { taskId, afterSeq: 5, lines: [{ kind: 'redo', target: 2, diff: adding(shapeOf('shape-2')) }], timeOnTaskMs: 3000 })
    await engine.call('tasks.commit', { taskId, afterSeq: 6, lines: [undo(2, 'shape-2'), undo(1, 'shape-1')], timeOnTaskMs: 3000 })
    expect(await openTask(engine, 'one')).toMatchObject({ records: [], undo: [], journalSeq: 8, timeOnTaskMs: 3000 })
  })

  it('stays offline over a restart while the person wants that, and sends what waits when they change their mind', async () => {
    const lab = await openEngineLab()
    await lab.addTask('one')
    const before = await lab.open()
    await pullAll(before)
    expect(await before.call('sync.setWorkOffline', { workOffline: true })).toMatchObject({ phase: 'workOffline' })
    await draw(before, 'one', 'shape-1')
    await before.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
    await before.stop()

    const requests = lab.proxy.seen.length
    const engine = await lab.open({ background: true })
    expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'workOffline', workOffline: true, outbox: { waiting: 1 } })
    engine.wake('user')
    expect(lab.proxy.seen).toHaveLength(requests)
    await engine.call('sync.setWorkOffline', { workOffline: false })
    await expect.poll(async () => (await engine.call('sync.status', {})).phase, { timeout: 10_000 }).toBe('synced')
    expect(await lab.server.listSubmissions()).toMatchObject([{ taskId: 'task-one' }])
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['a damaged header', (bytes) => Buffer.concat([Buffer.alloc(100, 0x5a), bytes.subarray(100)])],
    ['a file that was cut', (bytes) => bytes.subarray(0, 9000)],
    ['another file in its place', () => Buffer.from('not a database at all, whatever its name says')],
  ])('with %s is restored from its newest backup, says so, and keeps the damaged file', async (_name, damage) => {
    const lab = await openEngineLab()
    await lab.addTask('one')
    const before = await lab.open({ background: true })
    await expect.poll(async () => (await before.call('sync.status', {})).phase, { timeout: 10_000 }).toBe('synced')
    await draw(before, 'one', 'shape-1')
    const { deviceId } = await before.call('workspace.info', {})
    await before.stop()
    const work = join(lab.folder, 'work.db')
    const damaged = damage(await readFile(work))
    await writeFile(work, damaged)

    const engine = await lab.open()
    const told = listen(engine)
    expect(told('engine.notice')).toEqual([{ code: 'databaseRestored', detail: lab.folder }])
    expect((await openTask(engine, 'one')).records.map(({ id }) => id)).toEqual(['shape-1'])
    expect((await engine.call('workspace.info', {})).deviceId).not.toBe(deviceId)
    const [aside] = (await readdir(lab.folder)).filter((name) => name.startsWith('work.db.damaged-'))
    expect(await readFile(join(lab.folder, aside ?? ''))).toEqual(damaged)
    await engine.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
    expect(await pullAll(engine)).toMatchObject({ phase: 'synced' })
    expect(await lab.server.listSubmissions()).toHaveLength(1)
    expect(await lab.server.listAuditForks()).toEqual([])
    expect(await engine.call('verify.run', { jobId: 'verify' })).toMatchObject({ ok: true, audit: { faults: [] }, revisions: { damaged: [] }, objects: { damaged: [] } })
  })

  it('notices that its write-ahead log was removed, goes on as a new device and says so', async () => {
    const lab = await openEngineLab()
    await lab.addTask('one')
    const before = await lab.open()
    await pullAll(before)
    const { deviceId } = await before.call('workspace.info', {})
    // A copy of the open files is what a kill leaves behind.
    const copy = join(lab.folder, 'copy')
    await mkdir(copy)
    for (const name of ['work.db', 'work.db-wal', 'high-water.json', 'device-key.pem']) await copyFile(join(lab.folder, name), join(copy, name))
    await before.stop()
    for (const name of await readdir(copy)) await copyFile(join(copy, name), join(lab.folder, name))
    const killed = await lab.open()
    expect(listen(killed)('engine.notice')).toEqual([])
    expect((await killed.call('workspace.info', {})).deviceId).toBe(deviceId)
    await killed.stop()

    for (const name of await readdir(copy)) await copyFile(join(copy, name), join(lab.folder, name))
    await rm(join(lab.folder, 'work.db-wal'))
    const engine = await lab.open()
    expect(listen(engine)('engine.notice')).toEqual([{ code: 'workMissing', detail: lab.folder }])
    expect((await engine.call('workspace.info', {})).deviceId).not.toBe(deviceId)
    expect(await pullAll(engine)).toMatchObject({ phase: 'synced' })
    expect(await rows(engine)).toHaveLength(1)
    await engine.stop()
    expect(listen(await lab.open())('engine.notice')).toEqual([])
  })

  it('notices an older database in its place, by how far its audit log had gone', async () => {
    const lab = await openEngineLab()
    await lab.addTask('one')
    await (await lab.open()).stop()
    const [work, older] = [join(lab.folder, 'work.db'), join(lab.folder, 'older.db')]
    await copyFile(work, older)
    const before = await lab.open()
    await pullAll(before)
    await before.stop()
    await copyFile(older, work)
    const engine = await lab.open()
    expect(listen(engine)('engine.notice')).toEqual([{ code: 'workMissing', detail: lab.folder }])
    expect(await pullAll(engine)).toMatchObject({ phase: 'synced' })
  })

  it('goes on as a new device when its key is gone, and says so: it is never replaced silently', async () => {
    const lab = await openEngineLab()
    const before = await lab.open()
    const { deviceId } = await before.call('workspace.info', {})
    await before.stop()
    await rm(join(lab.folder, 'device-key.pem'))
    const engine = await lab.open()
    expect(listen(engine)('engine.notice')).toEqual([{ code: 'deviceKeyChanged', detail: lab.folder }])
    expect((await engine.call('workspace.info', {})).deviceId).not.toBe(deviceId)
  })
})
