import { boxesMeet, expandBox } from '../../../shared/geometry/box.ts'
import type { Box, Size } from '../../../shared/geometry/box.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'

export type Pyramid = Extract<ImageSource, { kind: 'pyramid' }>

/** A tile, its `size` in pixels of its level, and the box that it covers with its overlap, in image pixels. */
export interface Tile { readonly key: string; readonly level: number; readonly column: number; readonly row: number; readonly size: Size; readonly box: Box }

/** The size of a level in its own pixels: each level below `maxLevel` halves the one above, rounded up. */
export function levelSize(pyramid: Pyramid, level: number): Size {
  const shrink = 2 ** (pyramid.maxLevel - level)
  return { width: Math.ceil(pyramid.width / shrink), height: Math.ceil(pyramid.height / shrink) }
}

/** The lowest level with at least one of its pixels for each device pixel; `scale` is device pixels per image pixel. */
export function levelFor(pyramid: Pyramid, scale: number): number {
  return Math.min(pyramid.maxLevel, Math.max(0, Math.ceil(pyramid.maxLevel + Math.log2(scale))))
}

/** The finest level that is a single tile: the whole image at a glance, shown until finer tiles arrive. */
export function overviewLevel(pyramid: Pyramid): number {
  let level = 0
  while (level < pyramid.maxLevel && fitsOneTile(pyramid, level + 1)) level += 1
  return level
}

/** The tiles of a level that meet `view` (image pixels), those nearest to its middle first. */
export function tilesWithin(pyramid: Pyramid, level: number, view: Box): Tile[] {
  const size = levelSize(pyramid, level)
  const scaleX = pyramid.width / size.width
  const scaleY = pyramid.height / size.height
  const columns = span(view.x / scaleX, view.width / scaleX, size.width, pyramid.tileSize)
  const rows = span(view.y / scaleY, view.height / scaleY, size.height, pyramid.tileSize)
  const tiles: Tile[] = []
  for (let row = rows.first; row <= rows.last; row += 1) {
    for (let column = columns.first; column <= columns.last; column += 1) {
      const tile = tileAt(pyramid, level, column, row)
      if (boxesMeet(tile.box, view)) tiles.push(tile)
    }
  }
  const away = ({ box }: Tile) => Math.hypot(box.x + box.width / 2 - view.x - view.width / 2, box.y + box.height / 2 - view.y - view.height / 2)
  return tiles.sort((a, b) => away(a) - away(b))
}

function tileAt(pyramid: Pyramid, level: number, column: number, row: number): Tile {
  const size = levelSize(pyramid, level)
  const across = extent(column, size.width, pyramid)
  const down = extent(row, size.height, pyramid)
  const [scaleX, scaleY] = [pyramid.width / size.width, pyramid.height / size.height]
  const box = { x: across.start * scaleX, y: down.start * scaleY, width: across.length * scaleX, height: down.length * scaleY }
  return { key: `${level}/${column}_${row}`, level, column, row, size: { width: across.length, height: down.length }, box }
}

/** Tiles that a pan or a step back of the zoom would bring into sight: those around `view` (image pixels), and those of the next coarser level. */
export function tilesAround(pyramid: Pyramid, level: number, view: Box): Tile[] {
  const reach = pyramid.tileSize * 2 ** (pyramid.maxLevel - level)
  return [...tilesWithin(pyramid, level, expandBox(view, reach)), ...(level === 0 ? [] : tilesWithin(pyramid, level - 1, view))]
}

/** The tile of the next coarser level that covers a tile; undefined above the smallest level. */
export function parentOf(pyramid: Pyramid, { level, column, row }: Tile): Tile | undefined {
  return level === 0 ? undefined : tileAt(pyramid, level - 1, column >> 1, row >> 1)
}

export function tileUrl(pyramid: Pyramid, tile: Tile): string {
  return pyramid.urlTemplate.replace('{level}', String(tile.level)).replace('{column}', String(tile.column)).replace('{row}', String(tile.row))
}

function fitsOneTile(pyramid: Pyramid, level: number): boolean {
  const { width, height } = levelSize(pyramid, level)
  return width <= pyramid.tileSize && height <= pyramid.tileSize
}

function span(start: number, length: number, total: number, tileSize: number): { first: number; last: number } {
  const count = Math.ceil(total / tileSize)
  return {
    first: Math.max(0, Math.floor(start / tileSize)),
    last: Math.min(count - 1, Math.floor((start + length) / tileSize)),
  }
}

/** Where a tile begins and how long it is along one axis, in pixels of its level; inner edges overlap their neighbours. */
function extent(index: number, total: number, { tileSize, overlap }: Pyramid): { start: number; length: number } {
  const start = index * tileSize - (index === 0 ? 0 : overlap)
  const end = Math.min(total, (index + 1) * tileSize + overlap)
  return { start, length: end - start }
}
