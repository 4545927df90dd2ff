import Database from 'better-sqlite3'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ObjectKeySchema, type Asset } from '../../../../shared/domain/asset.ts'
import { thumbnailUrl } from '../../../../shared/rpc/dataUrl.ts'
import { levelsOf, tileCount, type Pyramid } from '../../../../electron/engine/tiles/pyramid.ts'
import { noise } from '../../../builders/images.ts'
import { memoryStore } from '../../../builders/memoryStore.ts'
import { assetOf, ignore, openCache, sha256Of, signal } from './cacheSetup.ts'

const shape: Pyramid = { width: 700, height: 300, tileSize: 256, overlap: 0, maxLevel: 10 }
const tileUrl = ({ sha256 }: Asset, place: string) => `fieldmark-data://tile/${sha256}/${place}`

/** A pyramid in storage whose tiles are small files that differ. */
function deepZoomInStorage(change: (tiles: Record<string, string>) => void = ignore) {
  const places = levelsOf(shape).flatMap(({ level, columns, rows }) =>
    Array.from({ length: columns * rows }, (_, index) => `${level}/${index % columns}_${Math.floor(index / columns)}`))
  const files = Object.fromEntries(places.map((place) => [`atlas_files/${place}.png`, Buffer.from(`tile ${place}`)]))
  const tiles = Object.fromEntries(places.map((place) => [place, sha256Of(Buffer.from(`tile ${place}`)) as string]))
  change(tiles)
  const manifest = Buffer.from(JSON.stringify({ tiles }))
  const { tileSize, overlap, maxLevel } = shape
  const asset = assetOf(manifest, shape.width, shape.height, {
    mediaType: 'image/png',
    tileSource: {
      kind: 'dzi', filesKey: ObjectKeySchema.parse('atlas_files'), manifestKey: ObjectKeySchema.parse('atlas.json'), manifestSha256: sha256Of(manifest), format: 'png', tileSize, overlap, maxLevel,
    },
  })
  return { asset, store: memoryStore({ ...files, 'atlas.json': manifest }) }
}

describe('an image beyond 4096 px on a side', () => {
  it('is cut into tiles that the window gets, and shrinks to a thumbnail', async () => {
    const bytes = await noise(4200, 300).jpeg().toBuffer()
    const asset = assetOf(bytes, 4200, 300)
    const { cache } = openCache()
    await cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)
    expect(cache.images.describe(asset)).toEqual({
      kind: 'pyramid', urlTemplate: tileUrl(asset, '{level}/{column}_{row}'), width: 4200, height: 300, tileSize: 512, overlap: 0, maxLevel: 13,
    })
    const last = await cache.images.serve(tileUrl(asset, '13/8_0'))
    expect(await sharp(last?.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 4200 - 8 * 512, height: 300 })
    expect(await cache.images.serve(tileUrl(asset, '13/9_0'))).toBeUndefined()
    expect(await sharp((await cache.images.serve(thumbnailUrl(asset.sha256)))?.bytes).metadata()).toMatchObject({ width: 132, height: 10 })
    expect(cache.usage().usedBytes).toBeGreaterThan(bytes.length)
  })

  it('is refused when its tiles do not fit into the budget', async () => {
    const bytes = await noise(4200, 300).jpeg({ quality: 30 }).toBuffer()
    const asset = assetOf(bytes, 4200, 300)
    const { cache } = openCache({ budgetBytes: bytes.length + 1000 })
    await expect(cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)).rejects.toMatchObject({ problem: { code: 'diskFull' } })
    expect(cache.has(asset)).toBe(false)
  })
})

it('shows a TIFF, which no browser does, as tiles', async () => {
  const bytes = await noise(60, 40).tiff().toBuffer()
  const asset = assetOf(bytes, 60, 40, { mediaType: 'image/tiff' })
  const { cache } = openCache()
  await cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)
  expect(cache.images.describe(asset)).toMatchObject({ kind: 'pyramid', maxLevel: 6 })
})

describe('a pyramid in storage', () => {
  it('is fetched tile by tile and used as it is', async () => {
    const { asset, store } = deepZoomInStorage()
    const { cache } = openCache()
    await cache.fetch(asset, store, signal, ignore)
    expect(cache.images.describe(asset)).toMatchObject({ kind: 'pyramid', ...shape })
    expect(await cache.images.serve(tileUrl(asset, '10/2_1'))).toEqual({ bytes: Buffer.from('tile 10/2_1'), mediaType: 'image/png' })
    expect(store.fetched).toHaveLength(1 + tileCount(shape))
  })

  it('goes on where it was cut off, and refuses a wrong tile', async () => {
    const { asset, store } = deepZoomInStorage()
    store.held.set('atlas_files/10/1_1.png', Buffer.from('something else'))
    const { cache } = openCache()
    await expect(cache.fetch(asset, store, signal, ignore)).rejects.toMatchObject({ failure: { kind: 'corrupt' } })
    expect(cache.has(asset)).toBe(false)
    const before = store.fetched.length
    store.held.set('atlas_files/10/1_1.png', Buffer.from('tile 10/1_1'))
    await cache.fetch(asset, store, signal, ignore)
    expect(cache.has(asset)).toBe(true)
    expect(store.fetched.length - before).toBeLessThan(8)
  })

  it('fetches a tile again that was damaged on the disk, and that one alone', async () => {
    const { asset, store } = deepZoomInStorage()
    const first = openCache()
    await first.cache.fetch(asset, store, signal, ignore)
    await first.close()
    const db = new Database(join(first.workspaceDir, 'cache.db'))
    db.prepare(`UPDATE tiles SET bytes = x'00' WHERE level = 10 AND "column" = 2 AND "row" = 0`).run()
    db.close()
    const { cache, lost } = openCache({ workspaceDir: first.workspaceDir })
    expect(await cache.images.serve(tileUrl(asset, '10/2_0'))).toBeUndefined()
    expect([lost, cache.has(asset)]).toEqual([[asset.sha256], false])
    const before = store.fetched.length
    await cache.fetch(asset, store, signal, ignore)
    expect(store.fetched.slice(before)).toEqual(['atlas_files/10/2_0.png'])
    expect(await cache.images.serve(tileUrl(asset, '10/2_0'))).toBeDefined()
  })

  it.each([
    ['lacks a tile', (tiles: Record<string, string>) => { delete tiles['10/0_0'] }],
    ['names something outside', (tiles: Record<string, string>) => { tiles['../../secret'] = sha256Of(new Uint8Array()) }],
  ])('is refused when its manifest %s', async (_, change) => {
    const { asset, store } = deepZoomInStorage(change)
    await expect(openCache().cache.fetch(asset, store, signal, ignore)).rejects.toMatchObject({ problem: { code: 'imageCorrupt' } })
    expect(store.fetched).toEqual(['atlas.json'])
  })
})

describe('an image whose tiles are still on their way', () => {
  it('can be seen as an overview before it is cut, and tells how much of it is there', async () => {
    const bytes = await noise(4200, 2000).jpeg().toBuffer()
    const asset = assetOf(bytes, 4200, 2000)
    const seen: { present: number | undefined; overview: boolean; detail: boolean }[] = []
    const { cache } = openCache({
      onPartial: () => {
        const image = cache.images.describe(asset)
        const tile = (place: { level: number; column: number; row: number }) => cache.images.readTile(asset.sha256, place) !== undefined
        seen.push({
          present: image?.kind === 'pyramid' ? image.present : undefined, overview: tile({ level: 9, column: 0, row: 0 }), detail: tile({ level: 13, column: 0, row: 0 }),
        })
      },
    })
    await cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)
    expect(seen[0]).toMatchObject({ overview: true, detail: false })
    const shares = seen.map(({ present }) => present ?? 1)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
    expect(shares[0]).toBeLessThan(0.5)
    expect(cache.images.describe(asset)).not.toHaveProperty('present', expect.any(Number))
  })

  it('is shown from storage as soon as its overview has come', async () => {
    const { asset, store } = deepZoomInStorage()
    const present: (number | undefined)[] = []
    const { cache } = openCache({ onPartial: () => { const image = cache.images.describe(asset); present.push(image?.kind === 'pyramid' ? image.present : undefined) } })
    store.held.delete('atlas_files/10/2_1.png')
    await expect(cache.fetch(asset, store, signal, ignore)).rejects.toBeDefined()
    expect(present[0]).toBeLessThan(1)
    expect([cache.has(asset), cache.images.describe(asset)?.kind]).toEqual([false, 'pyramid'])
    store.held.set('atlas_files/10/2_1.png', Buffer.from('tile 10/2_1'))
    await cache.fetch(asset, store, signal, ignore)
    expect(cache.has(asset)).toBe(true)
  })
})
