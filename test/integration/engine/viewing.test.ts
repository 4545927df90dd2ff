import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../electron/engine/audit/hashing.ts'
import { Database } from '../../../electron/engine/db/sqlite.ts'
import type { Engine } from '../../../electron/engine/engine.ts'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { imageUrl } from '../../../shared/rpc/dataUrl.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { mountMemory } from '../../unit/engine/db/mountMemory.ts'
import { draw, openEngineLab, openTask, pullAll, rows, type EngineLab } from './engineLab.ts'

const taskId = TaskIdSchema.parse('task-one')

/** A workspace with a submitted task and one that was begun, closed again. */
async function aClosedWorkspace(): Promise<EngineLab> {
  const lab = await openEngineLab()
  await lab.addTask('one', { seed: 1 })
  await lab.addTask('two', { seed: 2 })
  const engine = await lab.open()
  await pullAll(engine)
  await draw(engine, 'one', 'shape-1')
  await engine.call('tasks.submit', { taskId, timeOnTaskMs: 1000 })
  await draw(engine, 'two', 'shape-2')
  await engine.stop()
  return lab
}

/** Every file below a folder, by its path, and the hash of its bytes. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return new Map(await Promise.all(files.map(async (entry) => [join(entry.parentPath, entry.name), sha256(await readFile(join(entry.parentPath, entry.name)))] as const)))
}

/** All that can be looked at, and nothing that can be changed. */
async function expectLookingOnly(engine: Engine): Promise<void> {
  expect((await rows(engine)).map(({ standing }) => standing).sort()).toEqual(['inProgress', 'queued'])
  const opened = await openTask(engine, 'one')
  expect(opened.records).toHaveLength(1)
  expect(opened.image).toMatchObject({ kind: 'whole' })
  expect((await engine.serveData(imageUrl(opened.asset.sha256)))?.mediaType).toBe('image/jpeg')
  expect((await engine.call('tasks.history', { taskId })).revisions).toHaveLength(1)
  expect(await engine.call('verify.run', { jobId: 'verify', taskId })).toMatchObject({ ok: true, objects: { checked: 1 } })
  expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'viewOnly', outbox: { waiting: 1 } })
  expect(await engine.call('diagnostics.get', { check: true })).toMatchObject({ workspace: { access: 'viewOnly' }, database: { integrity: { state: 'sound' } } })
  const out = temporaryFolder()
  expect(await engine.call('export.run', { jobId: 'export', format: 'coco', directory: join(out, 'labels') })).toMatchObject({ images: 1, shapes: 1 })
  expect(await engine.call('export.unsent', { directory: join(out, 'unsent') })).toEqual({ files: 2 })
  expect(await engine.call('audit.export', { jobId: 'audit', directory: out })).toMatchObject({ entries: expect.any(Number) as number })
  for (const refused of [
    () => draw(engine, 'one', 'shape-3'), () => engine.call('tasks.submit', { taskId, timeOnTaskMs: 0 }), () => engine.call('settings.set', { language: 'es' }),
    () => engine.call('sync.now', {}), () => engine.call('notices.dismiss', {}), () => engine.call('backups.make', {}),
  ]) await expect(refused()).rejects.toMatchObject({ code: 'readOnly' })
}

describe('a workspace that may not be written', () => {
  it('is shown when a newer program has changed its database, which stays as it is', async () => {
    const lab = await aClosedWorkspace()
    const db = new Database(join(lab.folder, 'work.db'))
    db.pragma('user_version = 9000')
    db.exec('ALTER TABLE tasks ADD COLUMN of_a_later_version TEXT')
    db.close()
    const before = await filesOf(lab.folder)
    const engine = await lab.open({ background: true })
    expect(await engine.call('workspace.info', {})).toMatchObject({ readOnly: 'databaseNewer' })
    await expectLookingOnly(engine)
    await engine.stop()
    expect(await filesOf(lab.folder)).toEqual(before)
  })

  it('is shown in a folder that cannot be written', async (context) => {
    const lab = await aClosedWorkspace()
    const aside = temporaryFolder()
    await cp(lab.folder, aside, { recursive: true })
    mountMemory.over(lab.folder, '16m', context)
    await cp(aside, lab.folder, { recursive: true })
    mountMemory.makeReadOnly(lab.folder)
    const engine = await lab.open({ background: true })
    expect(await engine.call('workspace.info', {})).toMatchObject({ readOnly: 'folderReadOnly' })
    await expectLookingOnly(engine)
    await engine.stop()
  })

  it('shows no image whose bytes are not right, and leaves the file', async () => {
    const lab = await aClosedWorkspace()
    const db = new Database(join(lab.folder, 'work.db'))
    db.pragma('user_version = 9000')
    db.close()
    const engine = await lab.open()
    const { asset } = await openTask(engine, 'one')
    const file = join(lab.folder, 'objects', asset.sha256.slice(0, 2), asset.sha256)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, 'rot')
    expect(await engine.serveData(imageUrl(asset.sha256))).toBeUndefined()
    expect(await readFile(file, 'utf8')).toBe('rot')
  })
})
