import type { ObjectStore } from '../../../sync/ports.ts'
import { statPicture, type FoundPicture } from '../findPictures.ts'
import { readTileSet } from './findTileSets.ts'
import { surveyTileSet } from './surveyTileSet.ts'
import { TileSetError } from './tileSet.ts'

/** Hashes the tiles of a pyramid and stores its manifest in `objects`; undefined when the descriptor cannot be read or is gone. */
export async function identifyTileSet(folder: string, path: string, objects: ObjectStore, signal: AbortSignal): Promise<FoundPicture | undefined> {
  const before = await statPicture(folder, path)
  if (before === undefined) return undefined
  try {
    const tileSet = readTileSet(folder, path)
    const { manifest, sha256, tileSource } = await surveyTileSet(folder, tileSet, signal)
    await objects.put({ key: tileSource.manifestKey, bytes: manifest, sha256, mediaType: 'application/json' }, signal)
    const { width, height, pixelSize } = tileSet
    const mediaType = tileSource.format === 'jpg' ? 'image/jpeg' : `image/${tileSource.format}`
    return { path, size: manifest.length, mtimeMs: before.mtimeMs, sha256, mediaType, width, height, tileSource, pixelSize }
  } catch (error) {
    if (error instanceof TileSetError) return undefined
    throw error
  }
}
