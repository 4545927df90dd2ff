import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AssetSchema } from '../../../../shared/domain/asset.ts'
import { TaskSchema } from '../../../../shared/domain/task.ts'
import { demoTiles, prepareDemoAssets } from '../../../orchestrator/seed/demoAssets.ts'
import type { DemoAsset } from '../../../orchestrator/seed/demoAssets.ts'
import { readPhotograph } from '../../../orchestrator/seed/photographs.ts'
import { readDemoPredictions } from '../../../orchestrator/seed/predictions.ts'

// Decoding and encoding 65 megapixels takes 8 s on an idle machine.
const PREPARATION = 90_000

let folder: string
let assets: DemoAsset[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-demo-'))
  assets = await prepareDemoAssets(folder)
}, PREPARATION)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function atlasOf(prepared: readonly DemoAsset[]) {
  const atlas = prepared.find((asset) => asset.pyramid)
  if (!atlas?.pyramid) throw new Error('no picture is a pyramid')
  return { atlas, pyramid: atlas.pyramid }
}

describe('the pictures of the demo', () => {
  test('are enough for a project of people and one of the Earth, each with a name of its own', () => {
    expect(assets.filter((asset) => asset.project === 'people').length).toBeGreaterThanOrEqual(24)
    expect(assets.filter((asset) => asset.project === 'earth').length).toBeGreaterThanOrEqual(18)
    expect(new Set(assets.map((asset) => asset.name)).size).toBe(assets.length)
  })

  test('hash to what is said of them, have the stated size and show something', async () => {
    for (const asset of assets.filter((candidate) => !candidate.pyramid)) {
      const bytes = await readFile(join(folder, asset.file))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(asset.sha256)
      expect(bytes.length).toBe(asset.size)
      const { width, height, format } = await sharp(bytes).metadata()
      expect({ name: asset.name, width, height, format }).toEqual({ name: asset.name, width: asset.width, height: asset.height, format: 'jpeg' })
      const { channels } = await sharp(bytes).resize(64).stats()
      expect(Math.max(...channels.map((channel) => channel.stdev)), asset.name).toBeGreaterThan(4)
    }
  })

  test('have the same bytes as when the predictions were made', async () => {
    const hashes = new Map(assets.map((asset) => [asset.name, asset.sha256]))
    for (const { asset, assetSha256 } of await readDemoPredictions()) expect(hashes.get(asset), asset).toBe(assetSha256)
  })

  test('fit the records of the contract', () => {
    for (const { name, sha256, size, width, height, mediaType, tags, priority } of assets) {
      const asset = { id: 'a', projectId: 'p', name, uri: `object:assets/${sha256}`, sha256, size, width, height, mediaType }
      expect(AssetSchema.parse(asset).tileSource).toEqual({ kind: 'whole' })
      const task = { id: 't', projectId: 'p', assetId: 'a', schemaHash: sha256, state: 'assigned', tags, priority }
      expect(TaskSchema.parse(task).tags).toHaveProperty('source')
    }
  })
})

describe('the large picture', () => {
  test('is a complete pyramid whose tiles hash to its manifest', async () => {
    const { atlas, pyramid } = atlasOf(assets)
    expect(atlas.width).toBeGreaterThanOrEqual(16_384)
    const tiles = await demoTiles(folder, atlas)
    const expected: string[] = []
    for (let level = 0; level <= pyramid.maxLevel; level++) {
      const scale = 2 ** (pyramid.maxLevel - level)
      const columns = Math.ceil(Math.ceil(atlas.width / scale) / pyramid.tileSize)
      const rows = Math.ceil(Math.ceil(atlas.height / scale) / pyramid.tileSize)
      for (let column = 0; column < columns; column++) for (let row = 0; row < rows; row++) expected.push(`${level}/${column}_${row}`)
    }
    expect(tiles.map((tile) => tile.key).sort()).toEqual(expected.sort())
    for (const { file, sha256 } of tiles) expect(createHash('sha256').update(await readFile(file)).digest('hex')).toBe(sha256)
    const { width, height } = await sharp(join(folder, pyramid.filesFolder, '0', '0_0.jpg')).metadata()
    expect([width, height]).toEqual([1, 1])
  })

  test('shows the night raster at its own resolution, and again centred on the Pacific below', async () => {
    const { pyramid } = atlasOf(assets)
    const night = await readPhotograph('night')
    const tileMean = async (column: number, row: number) => {
      const { channels } = await sharp(join(folder, pyramid.filesFolder, String(pyramid.maxLevel), `${column}_${row}.jpg`)).stats()
      return channels.map((channel) => channel.mean)
    }
    const raw = { width: night.width, height: night.height, channels: 3 as const }
    const region = await sharp(night.data, { raw }).extract({ left: 512 * 4, top: 512, width: 512, height: 512 }).png().toBuffer()
    const { channels } = await sharp(region).stats()
    // Column 24 is where the fourth panel starts; its fifth tile is the first one of the lower row.
    for (const mean of [await tileMean(24 + 4, 1), await tileMean(24, 4 + 1)]) {
      mean.forEach((value, index) => expect(value).toBeCloseTo(channels[index]?.mean ?? Number.NaN, 0))
    }
  })
})

describe('preparing again', () => {
  test('uses what is there, and makes anew what was damaged', async () => {
    const { atlas } = atlasOf(assets)
    const [tile] = await demoTiles(folder, atlas)
    if (!tile) throw new Error('the pyramid has no tiles')
    const before = (await stat(tile.file)).mtimeMs
    expect(await prepareDemoAssets(folder)).toEqual(assets)
    expect((await stat(tile.file)).mtimeMs).toBe(before)
    await writeFile(tile.file, 'damaged')
    expect(await prepareDemoAssets(folder)).toEqual(assets)
    expect(createHash('sha256').update(await readFile(tile.file)).digest('hex')).toBe(tile.sha256)
  }, PREPARATION)
})
