import { noise } from '../../builders/images.ts'
import { levelSize } from '../../../renderer/canvas/image/pyramid.ts'
import { PYRAMID } from './page/tiles/pyramid.ts'

const PATH = /^\/tiles\/(\d+)\/(\d+)_(\d+)\.jpg$/
/** So many pictures take turns: each tile is still fetched and decoded for itself. */
const VARIANTS = 16

/** Makes the tiles of the pyramid, the same in every run: noise, green at full resolution and red below, by which the page tells what it sees. */
export async function makeTiles(): Promise<(path: string) => Uint8Array | undefined> {
  const pictures = new Map<string, Uint8Array>()
  for (let level = 0; level <= PYRAMID.maxLevel; level += 1) {
    const full = level === PYRAMID.maxLevel
    const size = levelSize(PYRAMID, level)
    for (const width of new Set([tileExtent(0, size.width), tileExtent(lastTile(size.width), size.width)])) {
      for (const height of new Set([tileExtent(0, size.height), tileExtent(lastTile(size.height), size.height)])) {
        for (let variant = 0; variant < VARIANTS; variant += 1) {
          const key = `${full} ${width} ${height} ${variant}`
          if (!pictures.has(key)) pictures.set(key, await picture(width, height, variant, full))
        }
      }
    }
  }
  return (path) => {
    const found = PATH.exec(path)
    if (found === null) return undefined
    const [level = 0, column = 0, row = 0] = found.slice(1).map(Number)
    const size = levelSize(PYRAMID, level)
    return pictures.get(`${level === PYRAMID.maxLevel} ${tileExtent(column, size.width)} ${tileExtent(row, size.height)} ${(column * 7 + row * 3 + level) % VARIANTS}`)
  }
}

function picture(width: number, height: number, seed: number, full: boolean): Promise<Uint8Array> {
  const [strong, weak] = [{ gain: 0.6, base: 100 }, { gain: 0.3, base: 0 }]
  const channels = full ? [weak, strong, weak] : [strong, weak, weak]
  return noise(width, height, seed + 1).blur(1).linear(channels.map(({ gain }) => gain), channels.map(({ base }) => base)).jpeg({ quality: 80 }).toBuffer()
}

function lastTile(total: number): number {
  return Math.ceil(total / PYRAMID.tileSize) - 1
}

function tileExtent(index: number, total: number): number {
  return Math.min(PYRAMID.tileSize, total - index * PYRAMID.tileSize)
}
