import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

const LAYOUTS = { dzi: 'dz', iiif2: 'iiif', iiif3: 'iiif3', xyz: 'google' } as const
export type TileFolderKind = keyof typeof LAYOUTS

/**
 * Cuts an image of `width` x `height` pixels into tiles of 256 px below `folder`, as other programs do: `<name>.dzi` with its files, or a folder
 * `<name>` with an info.json or a tiles.json. Nothing has changed for a minute.
 * @returns the path of the descriptor, relative to the folder
 */
export async function writeTileFolder(folder: string, name: string, kind: TileFolderKind, image: Sharp, more: object = {}): Promise<string> {
  await mkdir(folder, { recursive: true })
  const { data, info } = await image.png().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  await sharp(data).jpeg({ quality: 95 }).tile({ size: 256, overlap: 0, layout: LAYOUTS[kind] }).toFile(join(folder, name))
  const descriptor = kind === 'dzi' ? `${name}.dzi` : `${name}/${kind === 'xyz' ? 'tiles.json' : 'info.json'}`
  if (kind === 'xyz') {
    const maxzoom = Math.ceil(Math.log2(Math.max(width, height) / 256))
    await writeFile(join(folder, descriptor), JSON.stringify({ tilejson: '3.0.0', tiles: ['{z}/{y}/{x}.jpg'], minzoom: 0, maxzoom, width, height, ...more }))
  } else if (kind !== 'dzi') {
    const tiles = [{ width: 256, scaleFactors: Array.from({ length: Math.ceil(Math.log2(Math.max(width, height) / 256)) + 1 }, (_, index) => 2 ** index) }]
    const context = `http://iiif.io/api/image/${kind === 'iiif2' ? 2 : 3}/context.json`
    await writeFile(join(folder, descriptor), JSON.stringify({ '@context': context, protocol: 'http://iiif.io/api/image', profile: 'level0', width, height, tiles, ...more }))
  }
  const aMinuteAgo = Date.now() / 1000 - 60
  await utimes(join(folder, descriptor), aMinuteAgo, aMinuteAgo)
  return descriptor
}
