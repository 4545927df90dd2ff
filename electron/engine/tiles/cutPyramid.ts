import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { CutTile, Picture } from './imageMessages.ts'
import { levelsOf, pyramidOf, type Pyramid, type PyramidLevel } from './pyramid.ts'
import { cropStrip, halveStrip, type Strip } from './rasterStrip.ts'
import { sharp } from './sharp.ts'

/** libvips' own file format: a header of 64 bytes, then the pixels row by row. */
const RAW_HEADER_BYTES = 64
const TILE_QUALITY = 90

interface RawFile {
  path: string
  offset: number
  channels: number
}

/**
 * Cuts an image into a pyramid, full resolution first. Its raw pixels go to files in the folder `scratch` (three or four bytes a pixel), so that
 * no more than one row of tiles is in memory, and each level is made of the one above it. Opaque tiles are JPEG, others WebP.
 * @throws AssetProblem imageCorrupt or diskFull; the error of the file system.
 */
export async function cutPyramid(file: string, scratch: string, maxPixels: number, onTile: (tile: CutTile) => void): Promise<Pyramid> {
  const full = join(scratch, 'full.v')
  const { width, height, channels } = await decodeTo(full, file, maxPixels)
  const pyramid = pyramidOf(width, height)
  let source: RawFile = { path: full, offset: RAW_HEADER_BYTES, channels }
  for (const level of levelsOf(pyramid)) {
    const below: RawFile = { path: join(scratch, `below-${level.level}.raw`), offset: 0, channels }
    await cutLevel(source, level, pyramid.tileSize, below.path, onTile)
    rmSync(source.path)
    source = below
  }
  return pyramid
}

async function decodeTo(raw: string, file: string, maxPixels: number) {
  try {
    return await sharp(file, { failOn: 'truncated', limitInputPixels: maxPixels, sequentialRead: true }).autoOrient().toColourspace('srgb').toFile(raw)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    if (/No space left|ENOSPC/i.test(detail)) throw new AssetProblem('diskFull', detail, { cause: error })
    throw new AssetProblem('imageCorrupt', detail, { cause: error })
  }
}

/** Encodes the tiles of one level and writes the next smaller one to `belowPath`. */
async function cutLevel(source: RawFile, level: PyramidLevel, tileSize: number, belowPath: string, onTile: (tile: CutTile) => void): Promise<void> {
  const from = openSync(source.path, 'r')
  const below = openSync(belowPath, 'w')
  try {
    for (let row = 0; row < level.rows; row++) {
      const strip = readStrip(from, source, level, row * tileSize, Math.min(tileSize, level.height - row * tileSize))
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

function readStrip(fd: number, { offset, channels }: RawFile, { width }: PyramidLevel, top: number, height: number): Strip {
  const data = new Uint8Array(width * height * channels)
  const bytes = readSync(fd, data, 0, data.length, offset + top * width * channels)
  if (bytes !== data.length) throw new AssetProblem('imageCorrupt', 'The decoder gave fewer pixels than the image has')
  return { width, height, channels, data }
}

async function encode(tile: Strip): Promise<Picture> {
  const { width, height, channels, data } = tile
  const image = sharp(data, { raw: { width, height, channels: channels === 4 ? 4 : 3 } })
  const bytes = channels === 4 ? await image.webp({ quality: TILE_QUALITY }).toBuffer() : await image.jpeg({ quality: TILE_QUALITY }).toBuffer()
  return { bytes: Uint8Array.from(bytes), mediaType: channels === 4 ? 'image/webp' : 'image/jpeg' }
}
