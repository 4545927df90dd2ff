import { lstatSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { isIiifInfo, readIiif } from './readIiif.ts'
import { readDeepZoom, tileFolderOf } from './readDeepZoom.ts'
import { isTileJson, readTileJson } from './readTileJson.ts'
import type { TileSet } from './tileSet.ts'

const MAX_DESCRIPTOR_BYTES = 1024 * 1024
const IIIF = 'info.json'
const TILE_JSON = 'tiles.json'

/** Whether a file may describe a pyramid, by its name alone. */
export function isDescriptorName(path: string): boolean {
  return /\.dzi$/i.test(path) || [IIIF, TILE_JSON].includes(posix.basename(path))
}

/** Whether a file (relative to the folder, with slashes) describes a pyramid, rather than being called so by chance. */
export function isDescriptor(folder: string, path: string): boolean {
  if (/\.dzi$/i.test(path)) return lstatOf(folder, tileFolderOf(path))?.isDirectory() === true
  const name = posix.basename(path)
  if (name === IIIF) return isIiifInfo(jsonOf(folder, path))
  return name === TILE_JSON && isTileJson(jsonOf(folder, path))
}

/** The descriptor of the pyramid that the content of `parent` belongs to: a folder whose pictures are tiles. */
export function descriptorOfFolder(folder: string, parent: string): string | undefined {
  const inside = [IIIF, TILE_JSON].map((name) => posix.join(parent, name)).find((path) => isDescriptor(folder, path))
  if (inside !== undefined) return inside
  const beside = parent.replace(/_files$/, '.dzi')
  return beside !== parent && lstatOf(folder, beside)?.isFile() ? beside : undefined
}

/** Whether a file is a part of a pyramid and no picture of its own. */
export function isInTileSet(folder: string, path: string): boolean {
  for (let parent = posix.dirname(path); ; parent = posix.dirname(parent)) {
    const descriptor = descriptorOfFolder(folder, parent)
    if (descriptor !== undefined && descriptor !== path) return true
    if (parent === '.') return false
  }
}

/** Reads a descriptor. @throws TileSetError. */
export function readTileSet(folder: string, path: string): TileSet {
  if (/\.dzi$/i.test(path)) return readDeepZoom(textOf(folder, path) ?? '', path)
  const read = posix.basename(path) === IIIF ? readIiif : readTileJson
  return read(jsonOf(folder, path), posix.dirname(path))
}

function jsonOf(folder: string, path: string): unknown {
  try {
    return JSON.parse(textOf(folder, path) ?? '')
  } catch {
    return undefined
  }
}

/** The text of a plain file that is not too long to be a descriptor. */
function textOf(folder: string, path: string): string | undefined {
  const found = lstatOf(folder, path)
  return found?.isFile() && found.size <= MAX_DESCRIPTOR_BYTES ? readFileSync(join(folder, path), 'utf8') : undefined
}

function lstatOf(folder: string, path: string) {
  return lstatSync(join(folder, path), { throwIfNoEntry: false })
}
