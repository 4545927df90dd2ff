import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Asset } from '../../../../../shared/domain/asset.ts'
import { tileKey } from '../../../../../shared/domain/tileKey.ts'
import { noise } from '../../../../builders/images.ts'
import { temporaryFolder } from '../../../../builders/temporaryFolder.ts'
import { writeTileFolder } from '../../../../builders/tileFolders.ts'
import { openCache } from '../../tiles/cacheSetup.ts'
import { namesIn, openFolder, pullAll, put, signal } from './setup.ts'

const [WIDTH, HEIGHT] = [600, 300]
const LAYOUTS = ['dzi', 'iiif2', 'iiif3', 'xyz'] as const
const PHYSDIM = { '@context': 'http://iiif.io/api/annex/services/physdim/1/context.json', profile: 'http://iiif.io/api/annex/services/physdim', physicalScale: 0.0025, physicalUnits: 'cm' }

async function assetsIn(folder: string) {
  const opened = await openFolder({ folder })
  await opened.scan()
  const assets = (await pullAll(opened.local)).changes.flatMap((change): Asset[] => (change.kind === 'asset' ? [change.record] : []))
  return { ...opened, assets }
}

describe('a pyramid in a folder', () => {
  it.each(LAYOUTS)('is one image and not one for each tile: %s', async (kind) => {
    const folder = temporaryFolder()
    await writeTileFolder(folder, 'slide', kind, noise(WIDTH, HEIGHT))
    put(folder, 'photo.jpg', 'photo')
    const { assets } = await assetsIn(folder)
    expect(assets.map(({ name }) => name)).toEqual(['photo.jpg', kind === 'dzi' ? 'slide.dzi' : 'slide'])
    expect(assets[1]).toMatchObject({ width: WIDTH, height: HEIGHT, tileSource: { kind: kind.slice(0, kind === 'dzi' || kind === 'xyz' ? 3 : 4), tileSize: 256 } })
  })

  it.each(LAYOUTS)('is verified tile by tile and shown as it is: %s', async (kind) => {
    const folder = temporaryFolder()
    await writeTileFolder(folder, 'slide', kind, noise(WIDTH, HEIGHT))
    const { assets: [asset], local } = await assetsIn(folder)
    if (asset === undefined || asset.tileSource.kind === 'whole') throw new Error('one pyramid')
    const { cache } = openCache()
    await cache.fetch(asset, local.store, signal, () => undefined)
    const { maxLevel } = asset.tileSource
    expect(cache.images.describe(asset)).toMatchObject({ kind: 'pyramid', width: WIDTH, height: HEIGHT, tileSize: 256, maxLevel })
    for (const place of [{ level: maxLevel, column: 2, row: 1 }, { level: maxLevel - 1, column: 1, row: 0 }, { level: 0, column: 0, row: 0 }]) {
      const served = await cache.images.serve(`fieldmark-data://tile/${asset.sha256}/${place.level}/${place.column}_${place.row}`)
      const path = tileKey(asset.tileSource, asset, place).slice('pictures/'.length)
      expect(Buffer.from(served?.bytes ?? []).equals(await readFile(join(folder, path)))).toBe(true)
    }
  })

  it('may be the folder of the project itself', async () => {
    const folder = temporaryFolder()
    await writeTileFolder(folder, '.', 'iiif3', noise(WIDTH, HEIGHT))
    const { assets } = await assetsIn(folder)
    expect(assets.map(({ name, tileSource }) => [name, tileSource.kind])).toEqual([['info.json', 'iiif']])
  })

  it('tells its physical size where the descriptor does', async () => {
    const folder = temporaryFolder()
    await writeTileFolder(folder, 'a', 'iiif2', noise(WIDTH, HEIGHT), { service: PHYSDIM })
    await writeTileFolder(folder, 'b', 'xyz', noise(WIDTH, HEIGHT), { pixelSize: { x: 0.5, y: 0.25 } })
    expect((await assetsIn(folder)).assets.map(({ pixelSize }) => pixelSize)).toEqual([{ x: 25, y: 25 }, { x: 0.5, y: 0.25 }])
  })

  it('is looked into again when its descriptor changes, and goes with its files', async () => {
    const folder = temporaryFolder()
    const descriptor = await writeTileFolder(folder, 'slide', 'dzi', noise(WIDTH, HEIGHT))
    const { local, scan, assets: [before] } = await assetsIn(folder)
    await writeTileFolder(folder, 'slide', 'dzi', noise(WIDTH, HEIGHT, 2))
    await utimes(join(folder, descriptor), 1, 1)
    await scan()
    const assets = (await pullAll(local)).changes.flatMap((change) => (change.kind === 'asset' ? [change.record] : []))
    expect(assets.at(-1)?.sha256).not.toBe(before?.sha256)
    for (const path of [descriptor, 'slide_files']) await rm(join(folder, path), { recursive: true })
    await scan()
    expect(await namesIn(local)).toEqual([])
  })

  it('with a missing tile becomes a task that tells so', async () => {
    const folder = temporaryFolder()
    await writeTileFolder(folder, 'slide', 'dzi', noise(WIDTH, HEIGHT))
    await rm(join(folder, 'slide_files/10/1_1.jpeg'))
    const { assets: [asset], local } = await assetsIn(folder)
    if (asset === undefined) throw new Error('one pyramid')
    await expect(openCache().cache.fetch(asset, local.store, signal, () => undefined)).rejects.toMatchObject({ problem: { code: 'imageCorrupt', detail: expect.stringContaining('10/') as string } })
  }, 30_000)

  it.each([
    ['levels that are not halves of each other', { tiles: [{ width: 256, scaleFactors: [1, 3, 9] }] }],
    ['tiles that are not square', { tiles: [{ width: 256, height: 128, scaleFactors: [1, 2, 4] }] }],
  ])('with %s becomes a task whose image cannot be read', async (_, more) => {
    const folder = temporaryFolder()
    await writeTileFolder(folder, 'slide', 'iiif3', noise(WIDTH, HEIGHT), more)
    const { assets } = await assetsIn(folder)
    expect(assets.map(({ name, tileSource }) => [name, tileSource.kind])).toEqual([['slide', 'whole']])
  })
})

it('takes an info.json or a tiles.json of something else for no pyramid', async () => {
  const folder = temporaryFolder()
  for (const name of ['info.json', 'tiles.json']) await writeFile(join(folder, name), JSON.stringify({ name: 'Pictures', tiles: [] }))
  put(folder, 'photo.jpg', 'photo')
  put(folder, 'more/photo.jpg', 'another')
  expect((await assetsIn(folder)).assets.map(({ name }) => name)).toEqual(['more/photo.jpg', 'photo.jpg'])
})

it('keeps what a catalog knows that was made before there were pyramids', async () => {
  const folder = temporaryFolder()
  put(folder, 'photo.jpg', 'photo')
  const first = await openFolder({ folder })
  await first.scan()
  await first.close()
  const db = new Database(join(first.workspaceDir, 'local', 'catalog.db'))
  db.exec('ALTER TABLE pictures DROP COLUMN tile_source; ALTER TABLE pictures DROP COLUMN pixel_size; PRAGMA user_version = 1')
  db.close()
  await writeTileFolder(folder, 'slide', 'dzi', noise(WIDTH, HEIGHT))
  const { local, scan } = await openFolder({ folder })
  await scan()
  expect(await namesIn(local)).toEqual(['photo.jpg', 'slide.dzi'])
})
