import { Sha256Schema, type Sha256 } from '../domain/ids.ts'

/** The scheme by which the window asks for pixels; the main process passes such requests to the engine. */
const PREFIX = 'fieldmark-data://'
const NUMBER = String.raw`(0|[1-9]\d{0,8})`
const WHOLE = /^(image|thumbnail)\/([0-9a-f]{64})$/
const TILE = new RegExp(`^tile/([0-9a-f]{64})/${NUMBER}/${NUMBER}_${NUMBER}$`)

/** What the window may ask for. `sha256` is the asset's; a tile is named by its pyramid level, column and row. */
export type DataRequest =
  | { kind: 'image'; sha256: Sha256 }
  | { kind: 'thumbnail'; sha256: Sha256 }
  | { kind: 'tile'; sha256: Sha256; level: number; column: number; row: number }

/** The URL of a whole image. */
export function imageUrl(sha256: Sha256): string {
  return `${PREFIX}image/${sha256}`
}

/** The URL of an image's thumbnail, at most 256 px on a side. */
export function thumbnailUrl(sha256: Sha256): string {
  return `${PREFIX}thumbnail/${sha256}`
}

/** The URL of a tile, with {level}, {column} and {row} to be replaced. */
export function tileUrlTemplate(sha256: Sha256): string {
  return `${PREFIX}tile/${sha256}/{level}/{column}_{row}`
}

/** Reads a data URL; undefined for everything that is not exactly one of ours. */
export function parseDataUrl(url: string): DataRequest | undefined {
  if (!url.startsWith(PREFIX)) return undefined
  const path = url.slice(PREFIX.length)
  const whole = WHOLE.exec(path)
  if (whole) return { kind: whole[1] === 'image' ? 'image' : 'thumbnail', sha256: Sha256Schema.parse(whole[2]) }
  const tile = TILE.exec(path)
  if (!tile) return undefined
  return { kind: 'tile', sha256: Sha256Schema.parse(tile[1]), level: Number(tile[2]), column: Number(tile[3]), row: Number(tile[4]) }
}
