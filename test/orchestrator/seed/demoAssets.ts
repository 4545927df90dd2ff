import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { Sha256Schema } from '../../../shared/domain/ids.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import { ATLAS, writeAtlas } from './atlasPyramid.ts'
import { demoPictures, REGION_QUALITY } from './demoPlan.ts'
import type { DemoPicture } from './demoPlan.ts'
import { cut, encodeJpeg, PHOTOGRAPHS, readPhotograph } from './photographs.ts'
import type { PhotographName, Raster } from './photographs.ts'

const DemoPyramidSchema = z.object({
  /** Tiles are `<filesFolder>/<level>/<column>_<row>.<format>`; the folder is relative to the prepared one. */
  filesFolder: z.string(),
  format: z.literal(ATLAS.format),
  tileSize: z.int(),
  overlap: z.int(),
  maxLevel: z.int(),
})

/** A prepared picture. For a pyramid, `file`, `sha256` and `size` (bytes) are those of its manifest. `width` and `height` in pixels. */
const DemoAssetSchema = z.object({
  name: z.string(),
  project: z.enum(['people', 'earth']),
  /** Relative to the prepared folder. */
  file: z.string(),
  sha256: Sha256Schema,
  size: z.int(),
  width: z.int(),
  height: z.int(),
  mediaType: z.string(),
  tags: z.record(z.string(), z.string()),
  priority: z.int(),
  pyramid: DemoPyramidSchema.optional(),
})
export type DemoAsset = z.infer<typeof DemoAssetSchema>

const IndexSchema = z.object({ recipe: Sha256Schema, assets: z.array(DemoAssetSchema) })
const ManifestSchema = z.object({ tiles: z.record(z.string(), Sha256Schema) })

const INDEX_NAME = 'demo-assets.json'

/**
 * Cuts the pictures of the demo out of photographs that installed packages ship, and the large one into tiles, under `folder`.
 * What is already there is verified by its SHA-256 and used again; anything missing or changed makes all of it anew.
 */
export async function prepareDemoAssets(folder: string): Promise<DemoAsset[]> {
  const recipe = await recipeHash()
  const ready = await readVerified(folder, recipe)
  if (ready) return ready
  await rm(join(folder, INDEX_NAME), { force: true })
  await mkdir(join(folder, 'images'), { recursive: true })
  const assets = [...(await writePictures(folder)), await writeLargePicture(folder)]
  const unfinished = join(folder, `${INDEX_NAME}.part`)
  await writeFile(unfinished, JSON.stringify({ recipe, assets }, null, 1))
  await rename(unfinished, join(folder, INDEX_NAME))
  return assets
}

/** Absolute path and SHA-256 of every tile of a prepared pyramid, keyed `<level>/<column>_<row>`. */
export async function demoTiles(folder: string, asset: DemoAsset): Promise<{ key: string; file: string; sha256: Sha256 }[]> {
  const { pyramid } = asset
  if (!pyramid) return []
  const { tiles } = ManifestSchema.parse(JSON.parse(await readFile(join(folder, asset.file), 'utf8')))
  return Object.entries(tiles).map(([key, sha256]) => ({ key, file: join(folder, pyramid.filesFolder, `${key}.${pyramid.format}`), sha256 }))
}

async function writePictures(folder: string): Promise<DemoAsset[]> {
  const assets: DemoAsset[] = []
  const names = [...new Set(demoPictures.map((picture) => picture.from))]
  for (const from of names) {
    // One photograph is in memory at a time.
    const photograph = await readPhotograph(from)
    const ofThis = demoPictures.filter((picture) => picture.from === from)
    assets.push(...(await Promise.all(ofThis.map((picture) => writePicture(folder, picture, photograph)))))
  }
  return assets
}

async function writePicture(folder: string, picture: DemoPicture, photograph: Raster): Promise<DemoAsset> {
  const file = join('images', picture.name)
  const target = join(folder, file)
  const { region, from } = picture
  if (region) {
    await writeFile(target, await encodeJpeg(cut(photograph, region.x, region.y, region.width, region.height), REGION_QUALITY))
  } else {
    await copyFile(sourceFile(from), target)
  }
  const { name, project, tags, priority } = picture
  const { width, height } = region ?? photograph
  return { name, project, file, ...(await fingerprint(target)), width, height, mediaType: 'image/jpeg', tags: { ...tags }, priority }
}

async function writeLargePicture(folder: string): Promise<DemoAsset> {
  const filesFolder = 'atlas_files'
  await rm(join(folder, filesFolder), { recursive: true, force: true })
  const { width, height, maxLevel, manifest } = await writeAtlas(join(folder, filesFolder))
  const file = 'atlas-manifest.json'
  await writeFile(join(folder, file), manifest)
  const { tileSize, overlap, format } = ATLAS
  return {
    name: ATLAS.name, project: 'earth', file, ...(await fingerprint(join(folder, file))), width, height, mediaType: 'image/jpeg',
    tags: { source: 'Mosaic of whole-Earth rasters', environment: 'day and night', size: 'large' }, priority: 30,
    pyramid: { filesFolder, format, tileSize, overlap, maxLevel },
  }
}

async function readVerified(folder: string, recipe: Sha256): Promise<DemoAsset[] | undefined> {
  const text = await readFile(join(folder, INDEX_NAME), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const index = IndexSchema.safeParse(parseJson(text))
  if (!index.success || index.data.recipe !== recipe) return undefined
  for (const asset of index.data.assets) {
    if (!(await holds(join(folder, asset.file), asset.sha256))) return undefined
    for (const tile of await demoTiles(folder, asset)) if (!(await holds(tile.file, tile.sha256))) return undefined
  }
  return index.data.assets
}

/** Changes with the plan, the photographs or the encoder, and so says when prepared pictures are out of date. */
async function recipeHash(): Promise<Sha256> {
  const photographs = await Promise.all(Object.values(PHOTOGRAPHS).map(async (file) => (await fingerprint(file)).sha256))
  const recipe = JSON.stringify({ demoPictures, REGION_QUALITY, ATLAS, photographs, sharp: sharp.versions.sharp })
  return Sha256Schema.parse(createHash('sha256').update(recipe).digest('hex'))
}

async function fingerprint(file: string): Promise<{ sha256: Sha256; size: number }> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return { sha256: Sha256Schema.parse(hash.digest('hex')), size: (await stat(file)).size }
}

async function holds(file: string, sha256: Sha256): Promise<boolean> {
  const found = await fingerprint(file).catch(() => undefined)
  return found?.sha256 === sha256
}

function sourceFile(from: PhotographName): string {
  if (from === 'cloudyDay') throw new Error('a composed picture has no file of its own')
  return PHOTOGRAPHS[from]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
