import type { Size } from '../geometry/box.ts'
import { assertNever } from './assertNever.ts'
import { ObjectKeySchema, type ObjectKey, type StoredPyramid } from './asset.ts'

/** A tile of a pyramid: `column` and `row` from the top left, level 0 is the smallest. */
export interface TilePlace {
  level: number
  column: number
  row: number
}

/** A pyramid in storage without its manifest. */
export type TileLayout = StoredPyramid extends infer P ? (P extends StoredPyramid ? Omit<P, 'manifestKey' | 'manifestSha256'> : never) : never

/** Where storage holds a tile of an image of `size` pixels. */
export function tileKey(source: TileLayout, size: Size, place: TilePlace): ObjectKey {
  return ObjectKeySchema.parse(`${source.filesKey}/${pathOf(source, size, place)}.${source.format}`)
}

function pathOf(source: TileLayout, size: Size, place: TilePlace): string {
  const { level, column, row } = place
  switch (source.kind) {
    case 'dzi': return `${level}/${column}_${row}`
    case 'iiif': return iiifPath(source, size, place)
    case 'xyz': return source.order === 'zxy' ? `${level + source.minZoom}/${column}/${row}` : `${level + source.minZoom}/${row}/${column}`
    default: return assertNever(source, 'tile source')
  }
}

/** `{region}/{size}/0/default` in the canonical form: https://iiif.io/api/image/3.0/#47-canonical-uri-syntax, and 4.7 of version 2.1. */
function iiifPath({ version, wholeRegion, tileSize, maxLevel }: Extract<TileLayout, { kind: 'iiif' }>, image: Size, { level, column, row }: TilePlace): string {
  const scale = 2 ** (maxLevel - level)
  const [x, y] = [column * tileSize * scale, row * tileSize * scale]
  const [width, height] = [Math.min(tileSize * scale, image.width - x), Math.min(tileSize * scale, image.height - y)]
  const isWhole = wholeRegion === 'full' && width === image.width && height === image.height
  const region = isWhole ? 'full' : `${x},${y},${width},${height}`
  const [across, down] = [Math.ceil(width / scale), Math.ceil(height / scale)]
  return `${region}/${version === 2 ? `${across},` : `${across},${down}`}/0/default`
}
