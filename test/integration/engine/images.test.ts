import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { levelsOf } from '../../../electron/engine/tiles/pyramid.ts'
import { ObjectKeySchema, type TileSource } from '../../../shared/domain/asset.ts'
import { Sha256Schema, TaskIdSchema } from '../../../shared/domain/ids.ts'
import { imageUrl } from '../../../shared/rpc/dataUrl.ts'
import { DEMO_ANNOTATOR } from '../../orchestrator/seedPeople.ts'
import { jpegOf } from '../../builders/images.ts'
import { draw, openEngineLab, openTask, pullAll, rowOf, type EngineLab } from './engineLab.ts'

const MEGABYTE = 1024 * 1024
const sha256Of = (bytes: Uint8Array | string) => Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))

/** A picture of 600 x 300 px that storage holds as a pyramid, as task `atlas`. */
async function addPyramid({ server }: EngineLab): Promise<void> {
  const shape = { width: 600, height: 300, tileSize: 256, overlap: 0, maxLevel: 10 }
  const tile = await jpegOf(64, 64)
  const tiles: Record<string, string> = {}
  for (const { level, columns, rows } of levelsOf(shape)) {
    for (let index = 0; index < columns * rows; index++) {
      const name = `${level}/${index % columns}_${Math.floor(index / columns)}`
      const bytes = Buffer.concat([tile, Buffer.from(name)])
      tiles[name] = sha256Of(bytes)
      await server.putObject(`atlas/tiles/${name}.jpg`, bytes, 'image/jpeg')
    }
  }
  const manifest = Buffer.from(JSON.stringify({ tiles }))
  const { width, height, ...sizes } = shape
  const tileSource: TileSource = {
    kind: 'dzi', filesKey: ObjectKeySchema.parse('atlas/tiles'), manifestKey: ObjectKeySchema.parse(`assets/sha256/${sha256Of(manifest)}`), manifestSha256: sha256Of(manifest), format: 'jpg', ...sizes,
  }
  await server.addAsset({ id: 'asset-atlas', projectId: 'project-1', name: 'atlas', bytes: manifest, width, height, mediaType: 'image/jpeg', tileSource })
  await server.addTask({ id: 'task-atlas', projectId: 'project-1', assetId: 'asset-atlas', assignee: DEMO_ANNOTATOR.id })
}

describe('a pyramid in storage with one wrong tile', () => {
  it('is told on its task and not shown; the other tasks go on, and only what is missing is fetched again', async () => {
    const lab = await openEngineLab()
    await addPyramid(lab)
    await lab.addTask('sound')
    const isTile = (path: string) => path.includes('/atlas/tiles/')
    lab.proxy.decide = ({ path }) => (path.includes('/tiles/10/1_0') ? { kind: 'answer', status: 200, body: 'another picture' } : { kind: 'pass' })
    const engine = await lab.open()
    await pullAll(engine)
    expect(await rowOf(engine, 'sound')).toMatchObject({ prefetch: 'ready' })
    expect(await rowOf(engine, 'atlas')).toMatchObject({ prefetch: 'missing' })
    expect(await openTask(engine, 'atlas')).toMatchObject({ problem: { code: 'imageHashMismatch', detail: expect.stringContaining('10/1_0') as string } })
    expect((await openTask(engine, 'atlas')).image).toBeUndefined()

    const before = lab.proxy.seen.filter(isTile).length
    expect(before).toBeGreaterThan(5)
    lab.proxy.decide = () => ({ kind: 'pass' })
    const { asset } = await openTask(engine, 'atlas')
    await engine.call('assets.fetch', { assetId: asset.id })
    const again = await openTask(engine, 'atlas')
    expect(again.problem).toBeUndefined()
    expect(again.image).toMatchObject({ kind: 'pyramid', width: 600, height: 300, maxLevel: 10 })
    expect(lab.proxy.seen.filter(isTile).length - before).toBeLessThan(before)
    expect(await engine.serveData(`fieldmark-data://tile/${asset.sha256}/10/1_0`)).toBeDefined()
  })
})

describe('images beyond the disk budget', () => {
  it('are told, and no image of an assigned task makes room for another; a finished one does', async () => {
    const lab = await openEngineLab()
    for (const [index, name] of ['one', 'two', 'three'].entries()) await lab.addTask(name, { seed: index + 1, padding: 20 * MEGABYTE })
    const engine = await lab.open()
    await engine.call('settings.set', { diskBudgetBytes: 50_000_000 })
    await engine.syncOnce()
    await expect(engine.prefetchAll()).rejects.toMatchObject({ failure: { kind: 'refused', code: 'diskBudget' } })

    const status = await engine.call('sync.status', {})
    expect(status.lastError?.message).toBe('The disk budget for images is used up')
    expect(status.prefetch.usedBytes).toBeLessThan(50_000_000)
    const states = await Promise.all(['one', 'two', 'three'].map(async (name) => (await rowOf(engine, name)).prefetch))
    expect(states).toEqual(['ready', 'ready', 'missing'])
    for (const name of ['one', 'two']) expect(await engine.serveData(imageUrl((await openTask(engine, name)).asset.sha256))).toBeDefined()

    await draw(engine, 'one', 'shape-1')
    await engine.call('tasks.submit', { taskId: TaskIdSchema.parse('task-one'), timeOnTaskMs: 1000 })
    await pullAll(engine)
    expect(await rowOf(engine, 'three')).toMatchObject({ prefetch: 'ready' })
    expect(await rowOf(engine, 'two')).toMatchObject({ prefetch: 'ready' })
    expect(await rowOf(engine, 'one')).toMatchObject({ standing: 'submitted', prefetch: 'missing' })
    expect((await openTask(engine, 'one')).image).toBeUndefined()
    expect((await engine.call('sync.status', {})).lastError).toBeUndefined()
  })
})

describe('a cache that is deleted while the workspace is closed', () => {
  it.each([
    ['its index', ['cache.db']],
    ['its files', ['objects']],
    ['all of it', ['cache.db', 'objects']],
  ])('is filled again after the loss of %s', async (_name, lost) => {
    const lab = await openEngineLab()
    await lab.addTask('one', { seed: 1 })
    await lab.addTask('two', { seed: 2 })
    const before = await lab.open()
    await pullAll(before)
    await draw(before, 'one', 'shape-1')
    await before.stop()
    for (const name of lost) await rm(join(lab.folder, name), { recursive: true })

    const engine = await lab.open()
    expect((await rowOf(engine, 'two')).prefetch).toBe('missing')
    await pullAll(engine)
    for (const name of ['one', 'two']) {
      expect(await rowOf(engine, name)).toMatchObject({ prefetch: 'ready' })
      const { asset, image } = await openTask(engine, name)
      expect(image).toMatchObject({ kind: 'whole', width: 64 })
      expect(sha256Of((await engine.serveData(imageUrl(asset.sha256)))?.bytes ?? '')).toBe(asset.sha256)
    }
    expect((await openTask(engine, 'one')).records).toHaveLength(1)
  })
})
