import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cut, encodeJpeg, readPhotograph } from './photographs.ts'
import type { Raster } from './photographs.ts'

/**
 * The large picture: four 4096 x 2048 rasters of the whole Earth side by side at their own resolution, nothing enlarged;
 * centred on the Atlantic above, the same rasters centred on the Pacific below.
 */
export const ATLAS = {
  name: 'earth-atlas.dzi',
  columns: ['day', 'cloudyDay', 'clouds', 'night'],
  tileSize: 512,
  overlap: 0,
  format: 'jpg',
  quality: 80,
} as const

/** A Deep Zoom pyramid on disk. `manifest` is the text of {"tiles": {"<level>/<column>_<row>": sha256}}. */
export type Pyramid = { readonly width: number; readonly height: number; readonly maxLevel: number; readonly manifest: string }

/** Writes the atlas as `<folder>/<level>/<column>_<row>.jpg`, level 0 being one pixel. */
export async function writeAtlas(folder: string): Promise<Pyramid> {
  const full = await composeAtlas()
  const maxLevel = Math.ceil(Math.log2(Math.max(full.width, full.height)))
  const tiles: Record<string, string> = {}
  let image = full
  for (let level = maxLevel; level >= 0; level--) {
    await mkdir(join(folder, String(level)), { recursive: true })
    await writeLevel(image, level, folder, tiles)
    if (level > 0) image = halve(image)
  }
  const sorted = Object.fromEntries(Object.entries(tiles).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { width: full.width, height: full.height, maxLevel, manifest: JSON.stringify({ tiles: sorted }) }
}

async function composeAtlas(): Promise<Raster> {
  const panels: Raster[] = []
  for (const name of ATLAS.columns) panels.push(await readPhotograph(name))
  const [first] = panels
  if (!first) throw new Error('the atlas has no panels')
  const width = first.width * panels.length
  const data = new Uint8Array(width * first.height * 2 * 3)
  const half = (first.width / 2) * 3
  panels.forEach((panel, column) => {
    for (let row = 0; row < panel.height; row++) {
      const line = panel.data.subarray(row * panel.width * 3, (row + 1) * panel.width * 3)
      const above = (row * width + column * panel.width) * 3
      const below = above + panel.height * width * 3
      data.set(line, above)
      data.set(line.subarray(half), below)
      data.set(line.subarray(0, half), below + half)
    }
  })
  return { width, height: first.height * 2, data }
}

async function writeLevel(image: Raster, level: number, folder: string, tiles: Record<string, string>): Promise<void> {
  const { tileSize, quality, format } = ATLAS
  const columns = Array.from({ length: Math.ceil(image.width / tileSize) }, (_, column) => column)
  for (let top = 0; top < image.height; top += tileSize) {
    // One row of tiles at a time: enough to keep the encoder busy, little to hold in memory.
    await Promise.all(columns.map(async (column) => {
      const left = column * tileSize
      const bytes = await encodeJpeg(cut(image, left, top, Math.min(tileSize, image.width - left), Math.min(tileSize, image.height - top)), quality)
      const key = `${level}/${column}_${top / tileSize}`
      tiles[key] = createHash('sha256').update(bytes).digest('hex')
      await writeFile(join(folder, `${key}.${format}`), bytes)
    }))
  }
}

/** Half the size, rounded up, each pixel the mean of four; integer arithmetic, so every machine gets the same bytes. */
function halve(image: Raster): Raster {
  const width = Math.ceil(image.width / 2)
  const height = Math.ceil(image.height / 2)
  const data = new Uint8Array(width * height * 3)
  const from = image.data
  let at = 0
  for (let y = 0; y < height; y++) {
    const upper = 2 * y * image.width
    const lower = Math.min(2 * y + 1, image.height - 1) * image.width
    for (let x = 0; x < width; x++) {
      const left = 2 * x
      const right = Math.min(left + 1, image.width - 1)
      for (let channel = 0; channel < 3; channel++) {
        const sum =
          at3(from, upper + left, channel) + at3(from, upper + right, channel) + at3(from, lower + left, channel) + at3(from, lower + right, channel)
        data[at++] = (sum + 2) >> 2
      }
    }
  }
  return { width, height, data }
}

function at3(data: Uint8Array, pixel: number, channel: number): number {
  return data[pixel * 3 + channel] ?? 0
}
