import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createEngine, type Engine } from '../../../electron/engine/engine.ts'
import { jpegOf } from '../../builders/images.ts'
import { adding, aShape } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'

async function namesIn(engine: Engine): Promise<string[]> {
  return (await engine.call('tasks.query', { query: {} })).rows.map(({ name }) => name).sort()
}

/** A local project of two pictures, one of them in a folder, both labelled. */
async function aLabelledProject(background: boolean): Promise<{ engine: Engine; folder: string }> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'images'))
  for (const [index, name] of ['one.jpg', 'images/two.jpg'].entries()) {
    writeFileSync(join(folder, name), await jpegOf(64, 48, index))
    utimesSync(join(folder, name), 1_000_000, 1_000_000)
  }
  const engine = await createEngine({ workspaceDir: join(folder, '.fieldmark'), source: { kind: 'folder', path: folder }, appVersion: '1', deviceName: 'lab' }, { background })
  onTestFinished(() => engine.stop())
  await engine.syncOnce()
  await engine.prefetchAll()
  let index = 0
  for (const { id } of (await engine.call('tasks.query', { query: {} })).rows) {
    const { journalSeq: afterSeq, schema } = await engine.call('tasks.open', { taskId: id })
    const classId = schema?.classes[0]?.id
    const shape = aShape({ id: `shape-${index++}`, classId, geometry: { kind: 'rectangle', x: 1, y: 2, width: 3, height: 4 } })
    await engine.call('tasks.commit', { taskId: id, afterSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shape) }], timeOnTaskMs: 1 })
    expect(await engine.call('tasks.submit', { taskId: id, timeOnTaskMs: 1 })).toMatchObject({ kind: 'submitted' })
  }
  return { engine, folder }
}

const exportTo = (engine: Engine, directory: string) =>
  engine.call('export.run', { jobId: 'export', format: 'coco', directory, include: 'submitted', includeImages: true })

it('an export with images into a folder of the project makes no tasks of the copies', async () => {
  const { engine, folder } = await aLabelledProject(false)
  const out = join(folder, 'results', 'first')
  for (let round = 0; round < 2; round++) {
    expect(await exportTo(engine, out)).toMatchObject({ files: 3, images: 2, skipped: [] })
    expect(existsSync(join(out, 'images', 'one.jpg'))).toBe(true)
    await engine.syncOnce()
    expect(await namesIn(engine)).toEqual(['images/two.jpg', 'one.jpg'])
  }
})

it('an export with images into the watched folder makes no tasks of the copies', async () => {
  const { engine, folder } = await aLabelledProject(true)
  expect(await exportTo(engine, join(folder, 'results'))).toMatchObject({ images: 2, skipped: [] })
  const later = join(folder, 'later.jpg')
  writeFileSync(later, await jpegOf(64, 48, 9))
  await vi.waitFor(async () => { expect(await namesIn(engine)).toContain('later.jpg') }, { timeout: 15_000, interval: 200 })
  // A new folder is looked at once more after two seconds.
  await delay(3_000)
  expect(await namesIn(engine)).toEqual(['images/two.jpg', 'later.jpg', 'one.jpg'])
}, 40_000)

it('an export with images never mixes copies into a folder of somebody\'s pictures', async () => {
  const { engine, folder } = await aLabelledProject(false)
  const other = join(folder, 'other')
  mkdirSync(join(other, 'images'), { recursive: true })
  writeFileSync(join(other, 'images', 'three.jpg'), await jpegOf(64, 48, 3))
  await expect(exportTo(engine, other)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('images') as unknown })
  expect(existsSync(join(other, 'annotations.json'))).toBe(false)
  await engine.syncOnce()
  expect(await namesIn(engine)).toEqual(['images/two.jpg', 'one.jpg', 'other/images/three.jpg'])
})

it('an export never takes the place of the files that a project itself has', async () => {
  const { engine, folder } = await aLabelledProject(false)
  writeFileSync(join(folder, 'classes.txt'), 'mine\n')
  const intoProject = engine.call('export.run', { jobId: 'export', format: 'yolo', directory: join(folder, '.'), include: 'submitted' })
  await expect(intoProject).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(join(folder, 'classes.txt'), 'utf8')).toBe('mine\n')
})
