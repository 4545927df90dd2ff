import { createHash } from 'node:crypto'
import PQueue from 'p-queue'
import { z } from 'zod'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Asset, StoredPyramid } from '../../../shared/domain/asset.ts'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import { Sha256Schema, type Sha256 } from '../../../shared/domain/ids.ts'
import { tileKey, type TilePlace } from '../../../shared/domain/tileKey.ts'
import type { ObjectStore } from '../sync/ports.ts'
import type { CutTile } from './imageMessages.ts'
import { levelsOf, tileCount, type Pyramid } from './pyramid.ts'

const PARALLEL_TILES = 4
const MAX_TILES = 1_000_000
const MAX_TILE_BYTES = 64 * 1024 * 1024

const ManifestSchema = z.object({ tiles: z.record(z.string().regex(/^\d{1,2}\/\d{1,7}_\d{1,7}$/), Sha256Schema) })

/** A tile that has to be fetched, and what it must hash to. */
export interface WantedTile extends TilePlace {
  name: string
  sha256: Sha256
}

/** The shape of the pyramid that storage holds for an asset. */
export function pyramidInStorage({ width, height }: Asset, source: StoredPyramid): Pyramid {
  const { tileSize, maxLevel } = source
  return { width, height, tileSize, overlap: source.kind === 'dzi' ? source.overlap : 0, maxLevel }
}

/** All tiles of a pyramid with their hashes. @throws AssetProblem imageTooLarge, imageUnsupported, or imageCorrupt when the manifest does not name every tile. */
export function wantedTiles(manifest: Uint8Array, pyramid: Pyramid): WantedTile[] {
  const count = tileCount(pyramid)
  if (count > MAX_TILES) throw new AssetProblem('imageTooLarge', `The pyramid has ${count} tiles, more than ${MAX_TILES}`)
  const smallest = levelsOf(pyramid).at(-1)
  if (smallest?.columns !== 1 || smallest.rows !== 1) throw new AssetProblem('imageUnsupported', 'No level of the pyramid shows the whole image in one tile')
  const { tiles } = readManifest(manifest)
  const wanted: WantedTile[] = []
  for (const { level, columns, rows } of levelsOf(pyramid)) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const name = `${level}/${column}_${row}`
        const sha256 = tiles[name]
        if (sha256 === undefined) throw new AssetProblem('imageCorrupt', `The manifest of the pyramid does not name the tile ${name}`)
        wanted.push({ level, column, row, name, sha256 })
      }
    }
  }
  // Small levels first, so that a picture that is opened meanwhile is whole, if blurred.
  return wanted.reverse()
}

/** Fetches tiles, several at a time, and hands over each that is what the manifest says. @throws RemoteError, corrupt for a wrong tile. */
export async function fetchTiles(
  asset: Asset, source: StoredPyramid, tiles: readonly WantedTile[], store: ObjectStore, signal: AbortSignal, onTile: (tile: CutTile) => void,
): Promise<void> {
  const stop = new AbortController()
  const queue = new PQueue({ concurrency: PARALLEL_TILES })
  const either = AbortSignal.any([signal, stop.signal])
  const mediaType = source.format === 'jpg' ? 'image/jpeg' : `image/${source.format}`
  try {
    await queue.addAll(tiles.map((tile) => async () => {
      either.throwIfAborted()
      const key = tileKey(source, asset, tile)
      const { level, column, row } = tile
      onTile({ level, column, row, mediaType, bytes: await bytesOf(store.get({ key, assetId: asset.id }, either), tile) })
    }))
  } finally {
    queue.clear()
    stop.abort()
  }
}

async function bytesOf(parts: AsyncIterable<Uint8Array>, tile: WantedTile): Promise<Uint8Array<ArrayBuffer>> {
  const gathered: Uint8Array[] = []
  let received = 0
  for await (const part of parts) {
    received += part.length
    if (received > MAX_TILE_BYTES) throw new RemoteError({ kind: 'corrupt' }, `The tile ${tile.name} is longer than ${MAX_TILE_BYTES} bytes`)
    gathered.push(part)
  }
  const bytes = Buffer.concat(gathered)
  if (createHash('sha256').update(bytes).digest('hex') !== tile.sha256) throw new RemoteError({ kind: 'corrupt' }, `The tile ${tile.name} is not what the manifest says`)
  return bytes
}

function readManifest(bytes: Uint8Array): z.output<typeof ManifestSchema> {
  try {
    return ManifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (error) {
    throw new AssetProblem('imageCorrupt', 'The manifest of the pyramid cannot be read', { cause: error })
  }
}
