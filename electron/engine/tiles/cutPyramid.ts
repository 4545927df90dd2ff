import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { CutTile, Picture } from './imageMessages.ts'
import { levelsOf, pyramidOf, type Pyramid, type PyramidLevel } from './pyramid.ts'
import { cropStrip, halveStrip, type Strip } from './rasterStrip.ts'
import { decodeToRaw, plainRaw, readStrip, type RawImage } from './rawImage.ts'
import { sharp } from './sharp.ts'

const TILE_QUALITY = 90

/**
 * Cuts an image into a pyramid, full resolution first. Its raw pixels go to files in the folder `scratch` (a byte for each value, more in deep images),
 * so that no more than one row of tiles is in memory, and each level is made of the one above it. Opaque tiles are JPEG, others WebP.
 * @throws AssetProblem imageCorrupt, imageUnsupported or diskFull; the error of the file system.
 */
export async function cutPyramid(file: string, scratch: string, maxPixels: number, onTile: (tile: CutTile) => void): Promise<Pyramid> {
  let source = await decodeToRaw(join(scratch, 'full.v'), file, maxPixels)
  const pyramid = pyramidOf(source.width, source.height)
  const { channels } = source
  for (const level of levelsOf(pyramid)) {
    const [width, height] = [Math.ceil(level.width / 2), Math.ceil(level.height / 2)]
    const below = plainRaw(join(scratch, `below-${level.level}.raw`), { width, height, channels })
    await cutLevel(source, level, pyramid.tileSize, below.path, onTile)
    rmSync(source.path)
    source = below
  }
  return pyramid
}

/** Makes the levels that are one tile by shrinking the image while it is decoded. @throws AssetProblem imageCorrupt. */
export async function cutOverview(file: string, pyramid: Pyramid, maxPixels: number, onTile: (tile: CutTile) => void): Promise<void> {
  const levels = levelsOf(pyramid).filter(({ columns, rows }) => columns === 1 && rows === 1)
  const [largest] = levels
  if (largest === undefined) return
  let strip = await shrunk(file, largest, maxPixels)
  for (const { level } of levels) {
    onTile({ level, column: 0, row: 0, ...(await encode(strip)) })
    strip = halveStrip(strip)
  }
}

async function shrunk(file: string, { width, height }: PyramidLevel, maxPixels: number): Promise<Strip> {
  try {
    const image = sharp(file, { failOn: 'truncated', limitInputPixels: maxPixels, sequentialRead: true })
    const { data, info } = await image.autoOrient().resize(width, height, { fit: 'fill' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
    return { width, height, channels: info.channels, data }
  } catch (error) {
    throw new AssetProblem('imageCorrupt', error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Encodes the tiles of one level and writes the next smaller one to `belowPath`. */
async function cutLevel(source: RawImage, level: PyramidLevel, tileSize: number, belowPath: string, onTile: (tile: CutTile) => void): Promise<void> {
  const from = openSync(source.path, 'r')
  const below = openSync(belowPath, 'w')
  try {
    for (let row = 0; row < level.rows; row++) {
      const strip = readStrip(from, source, row * tileSize, Math.min(tileSize, level.height - row * tileSize))
      for (let column = 0; column < level.columns; column++) {
        const tile = cropStrip(strip, column * tileSize, Math.min(tileSize, level.width - column * tileSize))
        onTile({ level: level.level, column, row, ...(await encode(tile)) })
      }
      writeSync(below, halveStrip(strip).data)
    }
  } finally {
    closeSync(from)
    closeSync(below)
  }
}

async function encode(tile: Strip): Promise<Picture> {
  const { width, height, channels, data } = tile
  const image = sharp(data, { raw: { width, height, channels: channels === 4 ? 4 : 3 } })
  const bytes = channels === 4 ? await image.webp({ quality: TILE_QUALITY }).toBuffer() : await image.jpeg({ quality: TILE_QUALITY }).toBuffer()
  return { bytes: Uint8Array.from(bytes), mediaType: channels === 4 ? 'image/webp' : 'image/jpeg' }
}
